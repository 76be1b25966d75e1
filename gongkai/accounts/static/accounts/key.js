// Says in the page, not in the console, that a security key was not read.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("mfa_key_failed");
  if (said) said.hidden = false;
});
