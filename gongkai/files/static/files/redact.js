/* Drawing boxes on a page with a mouse or pen (a finger scrolls): each becomes a row of the form, and a row
   typed into moves its box. Without this file the rows and the buttons do the same. */
(() => {
  const page = document.querySelector("svg.files-page[data-page]");
  const body = document.getElementById("files-rows");
  if (!page || !body) return;
  const NAMES = ["page", "left", "top", "width", "height"];
  const width = Number(page.dataset.width);
  const height = Number(page.dataset.height);
  const least = 0.2;

  const rows = () => [...body.rows].filter((row) => row.querySelector("input[name=page]"));
  const field = (row, name) => row.querySelector(`input[name=${name}]`);
  const isEmpty = (row) => NAMES.slice(1).every((name) => !field(row, name).value);
  const round = (number) => Math.round(number * 100) / 100;

  function element(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function redraw() {
    page.querySelectorAll(".files-box, .files-box-number").forEach((old) => old.remove());
    let place = 0;
    for (const row of rows()) {
      const cell = row.querySelector(".files-place");
      if (isEmpty(row)) {
        cell.textContent = "";
        continue;
      }
      place += 1;
      cell.textContent = place;
      const numbers = Object.fromEntries(NAMES.map((name) => [name, Number(field(row, name).value)]));
      if (numbers.page !== Number(page.dataset.page) || !(numbers.width > 0) || !(numbers.height > 0)) continue;
      const x = (numbers.left / 100) * width;
      const y = (numbers.top / 100) * height;
      page.append(element("rect", {
        class: "files-box", x, y,
        width: (numbers.width / 100) * width, height: (numbers.height / 100) * height,
      }));
      const label = element("text", { class: "files-box-number", x, y, dx: 3, dy: 10 });
      label.textContent = place;
      page.append(label);
    }
  }

  function clear(row) {
    for (const name of NAMES.slice(1)) field(row, name).value = "";
    row.classList.remove("files-wrong");
    if (row.nextElementSibling && !row.nextElementSibling.querySelector("input")) row.nextElementSibling.remove();
  }

  function freeRow() {
    const free = rows().find(isEmpty);
    if (free) return free;
    const made = rows()[0].cloneNode(true);
    made.classList.remove("files-wrong");
    clear(made);
    body.append(made);
    return made;
  }

  function withButton(row) {
    const last = row.cells[row.cells.length - 1];
    if (last.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small no";
    button.textContent = "删去";
    last.append(button);
  }

  function at(event) {
    const frame = page.getBoundingClientRect();
    const part = (value, size) => Math.min(Math.max(value / size, 0), 1) * 100;
    return [part(event.clientX - frame.left, frame.width), part(event.clientY - frame.top, frame.height)];
  }

  let start = null;
  let drawn = null;
  page.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    start = at(event);
    drawn = element("rect", { class: "files-box" });
    page.append(drawn);
    page.setPointerCapture(event.pointerId);
  });
  page.addEventListener("pointermove", (event) => {
    if (!start) return;
    const now = at(event);
    drawn.setAttribute("x", (Math.min(start[0], now[0]) / 100) * width);
    drawn.setAttribute("y", (Math.min(start[1], now[1]) / 100) * height);
    drawn.setAttribute("width", (Math.abs(start[0] - now[0]) / 100) * width);
    drawn.setAttribute("height", (Math.abs(start[1] - now[1]) / 100) * height);
  });
  function finish(event) {
    if (!start) return;
    const from = start;
    const now = at(event);
    start = null;
    drawn.remove();
    const across = Math.abs(from[0] - now[0]);
    const down = Math.abs(from[1] - now[1]);
    if (event.type === "pointercancel" || across < least || down < least) return;
    const row = freeRow();
    field(row, "page").value = page.dataset.page;
    field(row, "left").value = round(Math.min(from[0], now[0]));
    field(row, "top").value = round(Math.min(from[1], now[1]));
    field(row, "width").value = round(across);
    field(row, "height").value = round(down);
    withButton(row);
    redraw();
  }
  page.addEventListener("pointerup", finish);
  page.addEventListener("pointercancel", finish);
  body.addEventListener("input", redraw);
  body.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("tr");
    clear(row);
    button.remove();
    redraw();
  });
})();
