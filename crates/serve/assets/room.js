// What makes the pages quicker to use. Every page works without it; nothing is asked of any other place.
(() => {
  "use strict";
  const $ = (query, from = document) => from.querySelector(query);

  // Search as you type: the list of the answer takes the place of the list that is shown.
  const box = $("#q");
  const list = () => $("#list");
  if (box && list()) {
    let turn = 0;
    let wait = 0;
    const look = async () => {
      const mine = ++turn;
      const form = new URLSearchParams(new FormData(box.form));
      if (!form.get("q")) form.delete("q");
      const address = "/?" + form;
      try {
        const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.querySelector("#list");
        if (mine !== turn || !answer.ok || !found) return;
        list().replaceWith(document.adoptNode(found));
        for (const part of [".head", ".filters"]) {
          const old = $(part), fresh = page.querySelector(part);
          if (old && fresh) old.replaceWith(document.adoptNode(fresh));
        }
        const changed = $(".changed");
        if (changed && form.get("q")) changed.remove();
        history.replaceState(null, "", form.toString() ? address : "/");
        tell(($(".pager span") || {}).textContent || "nothing found");
      } catch { /* the button still asks */ }
    };
    box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 180); });
  }

  // Words for those who listen.
  const voice = document.createElement("p");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  const tell = (words) => { voice.textContent = words; };

  // A slash goes to the search box, as in many reference works.
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    const typing = at instanceof Element && at.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  // Copying.
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const from = document.getElementById(button.dataset.copy);
    if (!from || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(from.textContent.trim());
        button.textContent = "Copied";
        tell("Copied");
        setTimeout(() => { button.textContent = "Copy"; }, 1600);
      } catch {
        getSelection().selectAllChildren(from);
      }
    });
  }

  // A slider over the links to each moment.
  for (const nav of document.querySelectorAll("[data-slider]")) {
    const links = [...nav.querySelectorAll("a")];
    if (links.length < 3) continue;
    const here = Math.max(0, links.findIndex((link) => link.hasAttribute("aria-current")));
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(links.length - 1);
    slider.step = "1";
    slider.value = String(here);
    slider.setAttribute("aria-label", "As of");
    const shown = document.createElement("output");
    const show = () => {
      const words = links[Number(slider.value)].textContent;
      slider.setAttribute("aria-valuetext", words);
      shown.textContent = words;
    };
    show();
    slider.addEventListener("input", show);
    slider.addEventListener("change", () => {
      if (Number(slider.value) !== here) location.assign(links[Number(slider.value)].href);
    });
    nav.querySelector(".label").after(slider, shown);
    nav.classList.add("sliding");
  }
})();
