// The form on the site: proof of work while it is filled in, a draft when sending fails, one
// sending only; the receipt: print, forget the draft. Everything works without this file.
"use strict";
(function () {
  const FRESH_FOR = 15 * 60 * 1000; // a challenge lasts 20 minutes
  const WAIT = 10 * 1000;
  const KEPT_FOR = 24 * 60 * 60 * 1000;
  const PREFIX = "gk-request-draft:";
  // Never kept in the browser: numbers of documents; files cannot be.
  const NEVER = ["csrfmiddlewaretoken", "altcha", "identity_number", "organisation_number"];

  const storage = (work) => {
    try {
      return work(window.localStorage);
    } catch (error) {
      return null; // storage switched off or full: the form works without it
    }
  };

  function prove(form) {
    const field = form.querySelector("[data-proof]");
    let running = null;
    let provedAt = 0;
    async function run() {
      const answer = await fetch(form.dataset.challenge, { credentials: "same-origin" });
      if (!answer.ok) return;
      const given = await answer.json();
      const number = await solve(form.dataset.worker, given);
      if (number === null) return;
      const { algorithm, challenge, salt, signature } = given;
      field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
      provedAt = Date.now();
    }
    function ready() {
      if (field.value && Date.now() - provedAt < FRESH_FOR) return Promise.resolve();
      if (!running) {
        field.value = "";
        running = run().catch(() => {}).finally(() => { running = null; });
      }
      return running;
    }
    form.addEventListener("focusin", ready, { once: true });
    return { ready, isReady: () => Boolean(field.value) && Date.now() - provedAt < FRESH_FOR };
  }

  function solve(address, given) {
    return new Promise((resolve) => {
      const worker = new Worker(address);
      const end = (number) => { worker.terminate(); resolve(number); };
      worker.onmessage = (event) => end(event.data.number);
      worker.onerror = () => end(null);
      worker.postMessage(given);
    });
  }

  function keepDraft(form) {
    const told = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !NEVER.includes(name)) told[name] = value;
    }
    const text = JSON.stringify({ at: Date.now(), told });
    storage((box) => box.setItem(PREFIX + form.dataset.draft, text));
  }

  function readDraft(form) {
    const text = storage((box) => box.getItem(PREFIX + form.dataset.draft));
    if (!text) return null;
    try {
      const kept = JSON.parse(text);
      if (Date.now() - kept.at < KEPT_FOR) return kept.told;
    } catch (error) {
      // not ours: dropped below
    }
    storage((box) => box.removeItem(PREFIX + form.dataset.draft));
    return null;
  }

  function restore(form) {
    const told = readDraft(form);
    if (!told) return;
    for (const field of form.elements) {
      if (!field.name || NEVER.includes(field.name) || field.type === "file") continue;
      if (field.type === "checkbox") field.checked = field.name in told;
      else if (field.type === "radio") field.checked = told[field.name] === field.value;
      else if (field.name in told) field.value = told[field.name];
    }
    const notice = document.querySelector("[data-draft-notice]");
    notice.hidden = false;
    notice.querySelector("[data-draft-clear]").addEventListener("click", () => {
      storage((box) => box.removeItem(PREFIX + form.dataset.draft));
      window.location.reload();
    });
  }

  function forgetDrafts() {
    storage((box) => {
      Object.keys(box).filter((key) => key.startsWith(PREFIX)).forEach((key) => box.removeItem(key));
    });
  }

  function sendOnce(form, proof) {
    const status = form.querySelector("[data-sending]");
    let sending = false;
    let passed = false;
    form.addEventListener("submit", (event) => {
      if (sending && !passed) { event.preventDefault(); return; }
      if (!("kiosk" in form.dataset)) keepDraft(form);
      if (passed || proof.isReady()) { sending = true; passed = false; status.textContent = "正在提交，请稍候。"; return; }
      event.preventDefault();
      sending = true;
      status.textContent = "正在提交，请稍候。";
      const button = event.submitter;
      const late = new Promise((resolve) => { setTimeout(resolve, WAIT); });
      Promise.race([proof.ready(), late]).then(() => {
        passed = true;
        form.requestSubmit(button);
      });
    });
    // Back from the page of an error, or after a sending that failed: it may be sent again.
    window.addEventListener("pageshow", () => { sending = false; passed = false; status.textContent = ""; });
  }

  const form = document.querySelector("[data-asking]");
  if (form) {
    if ("fresh" in form.dataset && !("kiosk" in form.dataset)) restore(form);
    sendOnce(form, prove(form));
  }
  if (document.querySelector("[data-sent]")) forgetDrafts();
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const summary = document.querySelector(".summary");
  if (summary) summary.focus();
})();
