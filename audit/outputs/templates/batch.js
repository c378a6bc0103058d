"use strict";
(() => {
  const box = document.getElementById("words");
  if (!box) return;
  box.closest("form").hidden = false;
  const only = document.getElementById("errors");
  const rows = [...document.querySelectorAll("tbody tr")];
  const apply = () => {
    const words = box.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = (!words || row.textContent.toLowerCase().includes(words)) && (!only.checked || row.querySelector(".error, .over"));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById("nothing").hidden = shown > 0;
  };
  box.form.addEventListener("input", apply);
  box.form.addEventListener("submit", (event) => event.preventDefault());
})();
