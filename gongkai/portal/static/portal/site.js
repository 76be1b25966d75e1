// Nothing here is needed to read a page: it adds what only a script can do.
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a phone the menu is one row that scrolls: the column at hand is brought into sight.
const row = document.querySelector(".menu ul");
const here = row?.querySelector("[aria-current]");
if (here && row.scrollWidth > row.clientWidth) {
  row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// A terminal of the 体验区: sixty seconds without a touch, and nothing of the person is left.
const clearing = document.documentElement.dataset.kiosk;
if (clearing) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        localStorage.clear();
        sessionStorage.clear();
      } finally {
        location.replace(clearing);
      }
    }, 60000);
  };
  for (const sign of ["pointerdown", "keydown", "scroll", "input", "touchstart"]) {
    addEventListener(sign, wait, { passive: true });
  }
  addEventListener("pageshow", (event) => event.persisted && location.replace(clearing));
  wait();
}
