"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  form.hidden = false;
  const rows = [...document.querySelectorAll("[data-filter]")];
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const words = new Map(rows.map((row) => [row, fold(row.textContent)]));
  const nothing = document.getElementById("nothing");
  const groups = [...document.querySelectorAll("details[data-group]")];
  const untouched = () => severitiesOf().size === 3 && !form.elements.domain.value && !form.elements.lead.value && !form.elements.words.value.trim();
  const severitiesOf = () => new Set([...form.querySelectorAll("input[name=severity]:checked")].map((box) => box.value));
  const apply = () => {
    const severities = new Set([...form.querySelectorAll("input[name=severity]:checked")].map((box) => box.value));
    const domain = form.elements.domain.value;
    const lead = form.elements.lead.value;
    const query = fold(form.elements.words.value.trim());
    const shown = { finding: 0, indicator: 0 };
    for (const row of rows) {
      const leads = JSON.parse(row.dataset.leads);
      const fits = (!domain || row.dataset.domain === domain) && (!lead || leads.includes(lead))
        && (row.dataset.filter !== "finding" || severities.has(row.dataset.severity)) && (!query || words.get(row).includes(query));
      row.hidden = !fits;
      if (fits) shown[row.dataset.filter] += 1;
    }
    for (const head of document.querySelectorAll(".domain-row")) {
      let row = head.nextElementSibling;
      let any = false;
      while (row && !row.classList.contains("domain-row")) {
        any = any || (row.hasAttribute("data-filter") && !row.hidden);
        row = row.nextElementSibling;
      }
      head.hidden = !any;
    }
    for (const group of groups) {
      const any = [...group.querySelectorAll("[data-filter]")].some((row) => !row.hidden);
      group.hidden = !any;
      if (any && !untouched()) group.open = true;
    }
    if (nothing) nothing.hidden = shown.finding + shown.indicator > 0 || untouched();
    const output = form.querySelector("output");
    output.textContent = output.dataset.text.replace("{findings}", shown.finding).replace("{indicators}", shown.indicator);
  };
  // A link into what is folded unfolds it; print shows what is open.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const own = target.closest("summary");
    if (own) own.parentElement.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
