"""Deputies' suggestions and CPPCC proposals (人大建议、政协提案): handled, answered, published."""
