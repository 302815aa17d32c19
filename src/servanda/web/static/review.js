// The review queue: the next record comes without a new page; a field is corrected in place, also by selecting words.
"use strict";

class FocusPage {
  constructor(article) {
    this.article = article;
    const root = document.getElementById("text");
    this.text = root ? new ReportText(root) : null;
    this.marks = root ? [...root.querySelectorAll("mark")] : [];
    this.form = null;
    if (root) this.listenToText(root);
    const hovered = (event) => this.point(event.target.closest(".field"));
    article.addEventListener("mouseover", hovered);
    article.addEventListener("focusin", hovered);
    article.addEventListener("click", (event) => this.onClick(event));
    const open = article.querySelector(".edit-form");
    if (open) this.open(open);
  }

  // The words of a field stand out while it is pointed at.
  point(field) {
    if (!this.form && field) this.lit(readSpans(field.dataset.spans));
  }

  lit(spans) {
    this.text?.light("lit", spans, 9);
  }

  onClick(event) {
    const link = event.target.closest("[data-edit]");
    const looked = event.target.closest("[data-field]");
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(link || looked)) return;
    event.preventDefault();
    if (link) this.edit(link.dataset.edit);
    else this.row(looked.dataset.field)?.querySelector(".name").focus();
  }

  row(path) {
    return this.article.querySelector(`.field[data-path="${CSS.escape(path)}"]`);
  }

  async edit(path) {
    const target = this.row(path)?.querySelector(".form");
    if (!target) return;
    this.close(this.form);
    this.mentions();
    const { report, version, record, back } = this.article.dataset;
    const asked = new URLSearchParams({ id: report, version, record, field: path, back });
    await htmx.ajax("GET", `/report/field?${asked}`, { target, swap: "innerHTML" });
    const form = target.querySelector("form");
    if (form) this.open(form);
  }

  open(form) {
    this.form = new RecordForm(form, this);
    this.form.begin();
  }

  close(open) {
    if (!open) return;
    const name = open.form.closest(".field")?.querySelector(".name");
    open.form.remove();
    this.form = null;
    this.hint(false);
    this.lit([]);
    name?.focus();
  }

  mentions() {
    const { report, version } = this.article.dataset;
    this.known ??= fetch(`/report/mentions?${new URLSearchParams({ id: report, version })}`)
      .then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
    return this.known;
  }

  // Selecting words.

  pick(place) {
    if (!this.text) return;
    this.text.root.focus({ preventScroll: true });
    this.keys.begin(place ?? this.text.starts[0]);
    this.hint(true);
  }

  hint(shown) {
    document.getElementById("picking").hidden = !shown;
  }

  listenToText(root) {
    this.keys = new WordKeys(this.text);
    root.addEventListener("mouseup", () => setTimeout(() => {
      const words = this.form && this.text.selected();
      if (words) this.form.take(words);
    }));
    root.addEventListener("click", (event) => {
      const mark = event.target.closest("mark.value");
      const path = mark?.dataset.paths.split(" ").find((one) => one !== "quote" && this.row(one));
      if (path && !this.form && getSelection().isCollapsed) this.row(path).querySelector(".name").focus();
    });
    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.startsWith("Arrow") && !this.keys.focus) this.pick();
      if (this.keys.press(event)) event.preventDefault();
      else if (event.key === "Enter") { event.preventDefault(); this.take(); }
      else if (event.key === "Escape") this.leaveText();
    });
    root.addEventListener("blur", () => { this.hint(false); this.keys.focus = null; });
  }

  // The words that are selected go into the form, which is turned to.
  async take() {
    const words = this.form && this.text.selected();
    if (!words) return;
    const input = this.form.now.querySelector('[name^="f/"]');
    await this.form.take(words);
    input.focus();
  }

  leaveText() {
    getSelection().removeAllRanges();
    if (this.form) this.form.now.querySelector('[name^="f/"]').focus();
    else this.text.root.blur();
  }
}

let focused = null;

// Where another record came into focus, it is read from its beginning.
function begin() {
  const article = document.querySelector("article.focus");
  if (!article || article === focused?.article) return;
  const before = focused?.article.dataset.record;
  focused = new FocusPage(article);
  if (before === undefined || before === article.dataset.record) return;
  article.focus({ preventScroll: true });
  if (article.getBoundingClientRect().top < 0) scrollTo(0, 0);
}

// Going on to another record changes the page in place; so do filters, as soon as one is chosen.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-step]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.getAttribute("href"), { target: "#main", select: "#main", swap: "outerHTML show:none" })
    .then(() => history.replaceState(null, "", link.href));
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.filters");
  if (form) form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.('input[name="why"]') && event.key === "Enter") { event.target.blur(); event.preventDefault(); }
  if (event.target.closest?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "v" && focused?.article.isConnected) { focused.pick(); event.preventDefault(); }
  else if (event.key === "Escape" && focused?.form) focused.close(focused.form);
});
document.addEventListener("htmx:afterSettle", begin);
begin();
