// Makes the pages livelier; everything works without it. A changed option sends the form as the Show button does, and the
// answer's preview takes the place of the old one, while focus stays where it is.
(() => {
  "use strict";
  const said = document.getElementById("said");
  const say = (text) => { said.textContent = text; };
  const form = document.querySelector("form[data-live]");
  const parts = ["result", "fault-list", "logo-state", "packet-count", "packet-list", "state"];
  let asked = null, waiting = 0, quiet = 0;

  function take(page, keep) {
    for (const id of parts) {
      const old = document.getElementById(id), fresh = page.getElementById(id);
      if (!old || !fresh) continue;
      const open = new Map([...old.querySelectorAll("details[class]")].map((one) => [one.className, one.open]));
      old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
      if (keep) for (const one of old.querySelectorAll("details[class]")) if (open.has(one.className)) one.open = open.get(one.className);
    }
    for (const one of document.querySelectorAll("[aria-invalid]")) mark(one, false);
    for (const one of document.querySelectorAll(".fault")) one.remove();
    for (const one of page.querySelectorAll(".fault")) {
      const field = document.getElementById(one.id.replace(/-fault$/, ""));
      if (!field) continue;
      (field.closest("fieldset, .field") || field.parentNode).insertBefore(document.importNode(one, true), field.closest("fieldset") ? null : field);
      mark(field.closest("fieldset") || field, true, one.id);
    }
    document.title = page.title;
    equip();
  }

  // A saved set may say how it is printed.
  function looksOf(page) {
    for (const one of page.querySelectorAll("#options input[type=radio]:checked")) {
      const mine = [...form.querySelectorAll("input[type=radio]")].find((other) => other.name === one.name && other.value === one.value);
      if (mine) mine.checked = true;
    }
    const clinic = page.getElementById("clinic");
    if (clinic && form.elements.clinic) form.elements.clinic.value = clinic.value;
  }

  function mark(field, wrong, id) {
    const ids = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && !one.endsWith("-fault"));
    if (wrong) { field.setAttribute("aria-invalid", "true"); ids.push(id); } else field.removeAttribute("aria-invalid");
    if (ids.length) field.setAttribute("aria-describedby", ids.join(" ")); else field.removeAttribute("aria-describedby");
  }

  async function show(reason, pressed) {
    if (asked) asked.abort();
    const mine = asked = new AbortController();
    clearTimeout(waiting);
    const result = document.getElementById("result");
    result.classList.add("working");
    const slow = setTimeout(() => say("Making the preview …"), 400);
    const slower = setTimeout(() => say("Still making the preview; it takes longer than usual."), 5000);
    try {
      const data = new FormData(form);
      if (pressed && pressed.name) data.append(pressed.name, pressed.value);
      const answer = await fetch(form.action, { method: "POST", body: data, signal: mine.signal, headers: { Accept: "text/html" } });
      const text = await answer.text();
      if (answer.status === 503 || answer.status === 429) {
        const seconds = Number(answer.headers.get("Retry-After")) || 2;
        say(`Busy just now; trying again in ${seconds} second${seconds === 1 ? "" : "s"}.`);
        waiting = setTimeout(() => show(reason, pressed), seconds * 1000);
        return;
      }
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!page.getElementById("result")) {
        // An answer of no form: a sentence alone, or a page that says why.
        const why = (page.querySelector("main p") || page.body).textContent.trim();
        say(`${why || "That did not work."} The preview is the old one.`);
        return;
      }
      const then = pressed && pressed.dataset.then;
      take(page, true);
      if (pressed && pressed.value === "open") looksOf(page);
      if (then) {
        const next = then.split(" ").map((id) => document.getElementById(id)).find((one) => one && !one.disabled);
        if (next) next.focus();
      }
      if (data.get("logo") && data.get("logo").size && document.querySelector("#logo-state input")) form.elements.logo.value = "";
      const token = page.querySelector("#options input[name=token]");
      if (token) form.elements.token.value = token.value;
      history.replaceState(null, "", answer.redirected ? answer.url : form.action);
      const faults = document.querySelectorAll("#fault-list li").length;
      if (faults) say("");
      else say(document.querySelector(".stopped") ? "The document cannot be made; the reasons stand in place of the preview." : reason);
    } catch (bad) {
      if (bad.name !== "AbortError") say("The server cannot be reached; the preview may be old.");
    } finally {
      clearTimeout(slow); clearTimeout(slower);
      if (asked === mine) { asked = null; document.getElementById("result").classList.remove("working"); }
    }
  }

  function equip() {
    for (const button of document.querySelectorAll("[data-copy]")) {
      if (!navigator.clipboard) continue;
      button.hidden = false;
      button.onclick = async () => {
        const from = document.getElementById(button.dataset.copy);
        try { await navigator.clipboard.writeText(from.value); say("Copied."); }
        catch { from.select(); say("Selected; press Ctrl+C to copy."); }
      };
    }
    for (const print of document.querySelectorAll("[data-print]")) {
      const shown = document.getElementById(print.dataset.print);
      if (!navigator.pdfViewerEnabled || !shown || shown.tagName !== "IFRAME" || shown.hasAttribute("sandbox")) continue;
      print.onclick = (event) => {
        try { shown.contentWindow.focus(); shown.contentWindow.print(); event.preventDefault(); } catch { /* the link opens it */ }
      };
    }
    const frame = document.querySelector("iframe.frame");
    if (frame && navigator.pdfViewerEnabled === false && !frame.hasAttribute("sandbox")) {
      const pictures = document.querySelector("input[name=view][value=pictures]");
      if (pictures && !pictures.checked) { pictures.checked = true; show("Pictures of the pages are shown: this browser has no PDF viewer."); }
    }
  }

  if (form) {
    form.addEventListener("change", (event) => { if (event.target.name && !event.target.closest(".open-set, .save-set")) show("The preview is new."); });
    form.addEventListener("input", (event) => {
      if (!event.target.matches("textarea, input[type=text], input[type=tel]") || event.target.closest(".save-set")) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => show("The preview is new."), 500);
    });
    form.addEventListener("submit", (event) => {
      const pressed = event.submitter;
      if (pressed && "plain" in pressed.dataset) return;
      event.preventDefault();
      show("The preview is new.", pressed);
    });
  }
  equip();
  const faults = document.getElementById("faults");
  if (faults) faults.focus();

  if (form && window.EventSource) {
    const topic = document.body.dataset.topic;
    const listen = new EventSource(document.body.dataset.events);
    listen.addEventListener("changed", (event) => {
      const changed = JSON.parse(event.data).topic;
      if (changed && topic && changed !== topic) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => show("The topic’s files have changed; the preview is new."), 20);
    });
    addEventListener("pagehide", () => listen.close());
  }
})();
