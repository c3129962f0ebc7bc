/* Says before a session ends that it will, and prolongs it at one press, so that nothing typed is lost.
   Without this script the page says the hour itself and links to the page that prolongs. */
(function () {
  "use strict";
  const note = document.querySelector("[data-session]");
  if (!note) { return; }
  const before = Number(note.dataset.warn) * 1000;
  let ends = Date.now() + Number(note.dataset.left) * 1000;
  let timer = 0;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(0, ends - before - Date.now()));
  }

  function show(part) {
    note.querySelectorAll("[data-session-part]").forEach(function (one) {
      one.hidden = one.dataset.sessionPart !== part;
    });
    note.hidden = false;
  }

  function warn() {
    if (Date.now() >= ends) { show("over"); return; }
    show("soon");
    timer = setTimeout(warn, Math.max(500, ends - Date.now()));
  }

  note.querySelector("[data-session-stay]").addEventListener("click", async function (event) {
    event.preventDefault();
    try {
      const answer = await fetch(note.dataset.stay, { redirect: "manual" });
      if (!answer.ok) { show("over"); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const left = Number(page.querySelector("[data-session]").dataset.left);
      ends = Date.now() + left * 1000;
      if (left * 1000 > before) { note.hidden = true; }
      wait();
    } catch (problem) {
      show("soon");
    }
  });

  wait();
})();
