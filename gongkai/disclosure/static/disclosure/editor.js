/* The text editor of an entry: a plain editable area over the textarea, which stays what is sent.
   Without this script the textarea is used as it is. The server cleans whatever arrives. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-files]");
  const area = form && form.querySelector("textarea[data-editor]");
  if (!area) return;

  const files = form.dataset.files;
  const ours = /^\/attachment\/([0-9a-f-]{36})$/i;

  const shown = (root) => {
    for (const picture of root.querySelectorAll("img")) {
      const found = ours.exec(picture.getAttribute("src") || "");
      if (found) {
        picture.dataset.attachment = found[1];
        picture.src = `${files}${found[1]}/`;
      }
    }
    for (const link of root.querySelectorAll("a[href]")) {
      const found = ours.exec(link.getAttribute("href"));
      if (found) link.dataset.attachment = found[1];
    }
  };

  const told = (root) => {
    const copy = document.implementation.createHTMLDocument("").importNode(root, true);
    for (const picture of copy.querySelectorAll("img[data-attachment]")) {
      picture.setAttribute("src", `/attachment/${picture.dataset.attachment}`);
      picture.removeAttribute("data-attachment");
    }
    for (const link of copy.querySelectorAll("a[data-attachment]")) {
      link.removeAttribute("data-attachment");
    }
    return copy.innerHTML;
  };

  /* What must not even reach this page: scripts, styles, handlers. Structure and alignment stay. */
  const bare = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const node of page.querySelectorAll("script, style, link, meta, iframe, object, embed, form, input, button, xml")) {
      node.remove();
    }
    for (const node of page.body.querySelectorAll("*")) {
      for (const { name, value } of [...node.attributes]) {
        const address = ["href", "src"].includes(name) && /^\s*(javascript|vbscript|data:text)/i.test(value);
        if (name.startsWith("on") || name === "srcset" || address) node.removeAttribute(name);
      }
      if (node.tagName === "IMG" && !ours.test(node.getAttribute("src") || "")) node.removeAttribute("src");
    }
    shown(page.body); // before it is put in: a picture is asked for as soon as it has an address
    return page.body.innerHTML;
  };

  const text = document.createElement("div");
  text.className = "entry-text";
  text.contentEditable = "true";
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-label", "正文");
  text.id = "entry-text";
  text.innerHTML = bare(area.value);

  const does = (name, value) => {
    text.focus();
    document.execCommand(name, false, value);
    sync();
  };
  const link = () => {
    const selected = document.getSelection();
    const old = selected.anchorNode && selected.anchorNode.parentElement.closest("a");
    const address = window.prompt("链接地址（https:// 开头，或者本站的 / 开头）；留空取消链接", old ? old.getAttribute("href") : "");
    if (address === null) return;
    does(address.trim() ? "createLink" : "unlink", address.trim());
  };
  const table = () => {
    const row = (cell) => `<tr>${`<${cell}><br></${cell}>`.repeat(3)}</tr>`;
    does("insertHTML", `<table><tbody>${row("th")}${row("td").repeat(2)}</tbody></table><p><br></p>`);
  };
  const tools = [
    ["正文段落", "¶", () => does("formatBlock", "p")],
    ["一级标题", "标题一", () => does("formatBlock", "h2")],
    ["二级标题", "标题二", () => does("formatBlock", "h3")],
    ["加粗", "加粗", () => does("bold")],
    ["项目列表", "• 列表", () => does("insertUnorderedList")],
    ["编号列表", "1. 列表", () => does("insertOrderedList")],
    ["居中", "居中", () => does("justifyCenter")],
    ["靠右（落款）", "靠右", () => does("justifyRight")],
    ["取消对齐", "靠左", () => does("justifyLeft")],
    ["链接", "链接", link],
    ["插入表格", "表格", table],
    ["撤销", "撤销", () => does("undo")],
    ["重做", "重做", () => does("redo")],
  ];
  const bar = document.createElement("div");
  bar.className = "entry-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文格式");
  bar.setAttribute("aria-controls", text.id);
  tools.forEach(([label, sign, act], place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.tabIndex = place ? -1 : 0;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", act);
    bar.append(button);
  });
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.children];
    const here = buttons.indexOf(document.activeElement);
    const onward = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (onward === undefined || !buttons[onward]) return;
    event.preventDefault();
    buttons[here].tabIndex = -1;
    buttons[onward].tabIndex = 0;
    buttons[onward].focus();
  });

  let touched = false;
  const sync = () => {
    touched = true;
    area.value = text.textContent.trim() || text.querySelector("img, table") ? told(text) : "";
  };
  text.addEventListener("input", sync);
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (!html) return;
    event.preventDefault();
    document.execCommand("insertHTML", false, bare(html));
    sync();
  });
  text.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) event.preventDefault();
  });

  document.execCommand("defaultParagraphSeparator", false, "p");
  area.before(bar, text);
  area.hidden = true;
  const label = form.querySelector(`label[for="${area.id}"]`);
  if (label) label.addEventListener("click", () => text.focus());

  for (const button of form.querySelectorAll("button[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const words = form.querySelector(`input[name="${button.dataset.insert}-alternative"]`);
      const picture = new DOMParser().parseFromString("<img>", "text/html").querySelector("img");
      picture.setAttribute("src", `/attachment/${button.dataset.insert}`);
      picture.setAttribute("alt", words ? words.value : button.dataset.alternative);
      text.focus();
      document.execCommand("insertHTML", false, bare(`<p>${picture.outerHTML}</p>`));
      sync();
    });
  }

  /* Two levels of subjects out of one grouped list; the list stays what is sent. */
  for (const whole of form.querySelectorAll("select[data-two-levels]")) {
    const groups = [...whole.querySelectorAll("optgroup")];
    const first = document.createElement("select");
    first.setAttribute("aria-label", "主题大类");
    first.append(new Option("请选择大类（非公文可以不选）", ""));
    groups.forEach((group, place) => first.append(new Option(group.label, String(place))));
    const narrow = (keep) => {
      const chosen = groups[Number(first.value)];
      const value = whole.value;
      whole.replaceChildren(new Option(first.value === "" ? "先选大类" : "请选择小类", ""));
      if (first.value !== "") {
        for (const option of chosen.querySelectorAll("option")) whole.append(option.cloneNode(true));
      }
      whole.value = keep && [...whole.options].some((option) => option.value === value) ? value : "";
    };
    const now = groups.findIndex((group) => [...group.children].some((option) => option.value === whole.value));
    first.value = now < 0 ? "" : String(now);
    whole.before(first);
    narrow(true);
    first.addEventListener("change", () => narrow(false));
  }

  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => {
    if (touched) area.value = text.textContent.trim() || text.querySelector("img, table") ? told(text) : "";
    touched = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
})();
