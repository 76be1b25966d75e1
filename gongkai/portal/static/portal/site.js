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

// Emergency notices (ADR 0023): pages are files, so each asks for the short list of what stands
// now, when it is opened and when it is looked at again. What is over is left out.
const urgent = document.querySelector("[data-urgent]");
const showUrgent = async () => {
  const answer = await fetch(urgent.dataset.urgent, { cache: "no-cache", credentials: "omit" });
  if (!answer.ok) return;
  const { notices } = await answer.json();
  const now = Date.now();
  const lines = notices.filter((each) => Date.parse(each.until) > now).map((each) => {
    const line = document.createElement("li");
    const words = each.link ? line.appendChild(document.createElement("a")) : line;
    if (each.link) words.href = each.link;
    words.textContent = each.text;
    return line;
  });
  const list = urgent.querySelector("ul");
  const said = lines.map((line) => line.outerHTML).join("");
  if (list.innerHTML !== said) list.replaceChildren(...lines);
  urgent.hidden = lines.length === 0;
};
if (urgent) {
  const look = () => showUrgent().catch(() => {}); // offline: what stands stays
  look();
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  addEventListener("pageshow", (event) => event.persisted && look());
}
