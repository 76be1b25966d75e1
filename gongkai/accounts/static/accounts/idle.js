// Warns before the session ends for idleness, lives on while somebody types, and keeps what was
// typed (in this tab only, until it is sent or the tab is closed) so that it can be put back.
(() => {
  const me = document.currentScript;
  const MINUTE = 60 * 1000;
  const idle = Number(me.dataset.minutes) * MINUTE;
  const warn = Math.min(2 * MINUTE, idle / 2);
  const key = "gongkai-typed:" + location.pathname + location.search;
  let asked = Date.now(); // when the server last heard of us
  let touched = Date.now(); // when somebody last did something here
  let bar = null;

  const fields = () =>
    [...document.querySelectorAll("main form[method=post] :is(input, textarea, select)[name]")].filter(
      (each) => !["hidden", "password", "file", "submit", "button"].includes(each.type)
    );
  const ticked = (each) => each.type === "checkbox" || each.type === "radio";
  const place = (each, index) => index + ":" + each.name;

  const keep = (sent = false) => {
    const changed = fields().map((each, index) => [
      place(each, index), ticked(each) ? each.checked : each.value,
      ticked(each) ? each.defaultChecked : each.defaultValue ?? each.value,
    ]);
    if (!changed.some(([, now, first]) => now !== first)) return;
    const typed = { sent, values: Object.fromEntries(changed.map(([name, now]) => [name, now])) };
    try {
      sessionStorage.setItem(key, JSON.stringify(typed));
    } catch {
      // A full or forbidden store keeps nothing; the warning still comes.
    }
  };

  const say = (text, button, act) => {
    if (bar) bar.remove();
    bar = document.createElement("div");
    bar.className = "idle-bar";
    bar.setAttribute("role", "alert");
    const press = document.createElement("button");
    press.type = "button";
    press.className = "button button-small";
    press.textContent = button;
    press.addEventListener("click", () => { bar.remove(); bar = null; act(); });
    bar.append(text + " ", press);
    document.body.append(bar);
  };

  const stay = async () => {
    const answer = await fetch(me.dataset.stay, { redirect: "manual", credentials: "same-origin" });
    if (answer.ok) asked = Date.now();
    return answer.ok;
  };

  // What was sent was taken, unless the answer was the door.
  const forgetSent = () => {
    if (/\/(login|second-factor)\//.test(document.referrer)) return;
    Object.keys(sessionStorage)
      .filter((each) => each.startsWith("gongkai-typed:"))
      .filter((each) => JSON.parse(sessionStorage.getItem(each)).sent)
      .forEach((each) => sessionStorage.removeItem(each));
  };

  const back = () => {
    if (document.body.classList.contains("login")) return;
    forgetSent();
    const typed = sessionStorage.getItem(key);
    if (!typed) return;
    say("上次在本页填写的内容没有提交，还保留着。", "恢复填写的内容", () => {
      const { values } = JSON.parse(typed);
      fields().forEach((each, index) => {
        const value = values[place(each, index)];
        if (value === undefined) return;
        if (ticked(each)) each.checked = value;
        else each.value = value;
        each.dispatchEvent(new Event("input", { bubbles: true }));
        each.dispatchEvent(new Event("change", { bubbles: true }));
      });
      sessionStorage.removeItem(key);
    });
  };

  ["input", "keydown", "pointerdown"].forEach((kind) =>
    document.addEventListener(kind, () => { touched = Date.now(); }, { passive: true })
  );
  document.addEventListener("change", () => keep());
  document.addEventListener("submit", () => keep(true));

  setInterval(() => {
    const now = Date.now();
    if (touched > asked && now - asked > Math.min(5 * MINUTE, idle / 3)) stay();
    const left = idle - (now - Math.max(asked, touched));
    if (left <= 0 && !me.dataset.left) {
      me.dataset.left = "yes";
      keep();
      say("长时间没有操作，已退出登录。填写的内容已保留在本页，登录后可恢复。", "重新登录",
        () => location.reload());
    } else if (left > 0 && left <= warn && !bar) {
      keep();
      say(`已较长时间没有操作，${Math.ceil(left / MINUTE)}分钟后将退出登录。`, "继续使用",
        () => { touched = Date.now(); stay(); });
    }
  }, 15 * 1000);

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", back);
  else back();
})();
