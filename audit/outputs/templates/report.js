"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  form.hidden = false;
  const rows = [...document.querySelectorAll("[data-filter]")];
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const words = new Map(rows.map((row) => [row, fold(row.textContent)]));
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
    const output = form.querySelector("output");
    output.textContent = output.dataset.text.replace("{findings}", shown.finding).replace("{indicators}", shown.indicator);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
