// Suggestions under the search box (combobox with a listbox, WAI-ARIA); without this file the box
// searches all the same. Nothing is asked of any other host, nothing is kept.
"use strict";
const WAIT = 150;

for (const field of document.querySelectorAll("[data-suggest]")) {
  const input = field.querySelector("input");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索建议");
  field.append(list);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) input.setAttribute(name, value);

  let at = -1, typed = input.value, timer, asked, composing = false;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    input.value = option.textContent;
    close();
    input.form.requestSubmit();
  };
  const mark = (place) => {
    const options = list.children;
    options[at]?.setAttribute("aria-selected", "false");
    at = (place + options.length + 1) % (options.length + 1);  // the last stop is the box itself
    if (at === options.length) at = -1;
    if (at < 0) {
      input.value = typed;
      input.removeAttribute("aria-activedescendant");
      return;
    }
    options[at].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[at].id);
    input.value = options[at].textContent;
  };
  const show = (words) => {
    list.replaceChildren(...words.map((word, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = word;
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(option));
      return option;
    }));
    close();
    if (!words.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    asked?.abort();
    typed = input.value;
    if (!typed.trim()) return show([]);
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?ci=${encodeURIComponent(typed.trim())}`, {
        signal: asked.signal,
      });
      if (answer.ok && document.activeElement === input) show((await answer.json())[1]);
    } catch (error) {
      if (error.name !== "AbortError") close();  // no network: the box still searches
    }
  };

  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; input.dispatchEvent(new Event("input")); });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? list.children.length - 1 : at - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      input.value = typed;
      close();
    }
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", () => { clearTimeout(timer); asked?.abort(); close(); });
}

// Browsers that cannot show folded facets by style alone open them at a desk.
const facets = document.querySelector("details.facets");
if (facets && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 48.01rem)").matches) {
  facets.open = true;
}
