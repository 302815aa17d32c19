// Giving reports: files can be dropped, waiting is shown, a record lights its words and the words their records.
const MOST = 16 * 2 ** 20;

function wait(form, waiting) {
  form.querySelector(".wait")?.toggleAttribute("hidden", !waiting);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-reading]");
  if (form) wait(form, true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form[data-reading]");
  if (form) wait(form, false);
});

// What is too large to be sent is said before it is sent.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-too-large]");
  if (!form || event.target.type !== "file") return;
  const size = [...event.target.files].reduce((sum, file) => sum + file.size, 0);
  const fault = size > MOST ? form.dataset.tooLarge.replace("#", Math.ceil(size / 2 ** 20)) : "";
  event.target.setCustomValidity(fault);
  if (fault) event.target.reportValidity();
});

const dropped = (event) => event.target.closest?.(".drop");
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const place = dropped(event);
    if (!place) return;
    event.preventDefault();
    place.classList.toggle("over", type === "dragover");
    if (type !== "drop") return;
    const input = place.querySelector("input");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// A card lights the words of its record, words the cards that rest on them.
function light(report, records) {
  report.classList.toggle("lighting", records.length > 0);
  for (const mark of report.querySelectorAll("mark")) {
    mark.classList.toggle("lit", mark.dataset.records.split(" ").some((n) => records.includes(n)));
  }
  for (const card of report.querySelectorAll("[data-record]")) {
    card.classList.toggle("lit", records.includes(card.dataset.record));
  }
}
document.addEventListener("pointerover", (event) => {
  const report = event.target.closest?.(".seen-report");
  if (!report) return;
  const card = event.target.closest("[data-record]");
  const mark = event.target.closest("mark");
  light(report, card ? [card.dataset.record] : mark ? mark.dataset.records.split(" ") : []);
});

document.addEventListener("click", (event) => {
  const choose = event.target.closest("[data-choose]")?.dataset.choose;
  if (!choose) return;
  for (const box of document.querySelectorAll('input[name="chosen"]:enabled')) box.checked = choose === "all";
});
