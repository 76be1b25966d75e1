"""Every figure that sheets and indicators ask for, counted by the chapter whose work it is."""
