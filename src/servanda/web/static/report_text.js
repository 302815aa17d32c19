// The text of a report: places in code points, as records have them, <-> nodes and UTF-16 units, as the page has them;
// words lit without a change to the page; words selected by keys.
"use strict";

class ReportText {
  constructor(root) {
    this.root = root;
    this.blocks = [...root.querySelectorAll("[data-at]")];
    this.starts = this.blocks.map((block) => Number(block.dataset.at));
    this.known = new Map();
  }

  // The text nodes of a block, each with the place where it begins.
  nodes(index) {
    if (!this.known.has(index)) {
      const walker = document.createTreeWalker(this.blocks[index], NodeFilter.SHOW_TEXT);
      const found = [];
      let at = this.starts[index];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        found.push({ node, at });
        at += length(node.data);
      }
      this.known.set(index, { found, end: at });
    }
    return this.known.get(index);
  }

  blockAt(place) {
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // Where a place is on the page; an end belongs to the words before it.
  point(place, isEnd) {
    const { found, end } = this.nodes(this.blockAt(isEnd ? Math.max(0, place - 1) : place));
    let own = found[0];
    for (const one of found) if (isEnd ? one.at < place : one.at <= place) own = one;
    return [own.node, units(own.node.data, Math.max(0, Math.min(place, end) - own.at))];
  }

  range(start, end) {
    const range = new Range();
    range.setStart(...this.point(start, false));
    range.setEnd(...this.point(end, true));
    return range;
  }

  // The place of a point of the page; -1 outside of the text.
  place(node, offset) {
    if (node.nodeType !== Node.TEXT_NODE) {
      const next = node.childNodes[offset] ?? null;
      const block = (next ?? node).nodeType === Node.TEXT_NODE ? node : (next ?? node);
      const index = this.blocks.indexOf(block.closest?.("[data-at]"));
      if (index < 0) return -1;
      return next ? this.starts[index] : this.nodes(index).end;
    }
    const index = this.blocks.indexOf(node.parentElement.closest("[data-at]"));
    const own = index < 0 ? null : this.nodes(index).found.find((one) => one.node === node);
    return own ? own.at + length(node.data.slice(0, offset)) : -1;
  }

  // The words that are selected, as [start, end] without blanks around them; null where none are.
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const start = this.place(range.startContainer, range.startOffset);
    const end = this.place(range.endContainer, range.endOffset);
    return start < 0 || end < 0 ? null : this.trimmed(start, end);
  }

  trimmed(start, end) {
    const points = [...this.words(start, end)];
    while (points.length && !points[0].trim()) { points.shift(); start += 1; }
    while (points.length && !points.at(-1).trim()) { points.pop(); end -= 1; }
    return points.length ? [start, end] : null;
  }

  // The words of a span as the page shows them, one character for each place (a line end for what lies between blocks).
  words(start, end) {
    let out = "", at = start;
    for (let index = this.blockAt(start); index < this.blocks.length && this.starts[index] < end; index++) {
      if (this.starts[index] > at) { out += "\n".repeat(this.starts[index] - at); at = this.starts[index]; }
      for (const { node, at: from } of this.nodes(index).found) {
        const to = from + length(node.data);
        if (to <= at || from >= end) continue;
        out += node.data.slice(units(node.data, at - from), units(node.data, Math.min(end, to) - from));
        at = Math.min(end, to);
      }
    }
    return out;
  }

  light(name, spans, priority) {
    if (!ReportText.lights) return;
    const light = new Highlight(...spans.filter(([s, e]) => e > s).map(([s, e]) => this.range(s, e)));
    light.priority = priority;
    CSS.highlights.set(name, light);
  }

  show(start, end) {
    const range = this.range(start, end);
    this.blocks[this.blockAt(start)].scrollIntoView({ block: "nearest" }); // lays out what was out of sight
    const box = range.getClientRects()[0];
    const side = document.querySelector(".side"); // in a narrow window it covers the lower part
    const sheet = side && innerWidth < 900 && getComputedStyle(side).position === "sticky" ? side.offsetHeight : 0;
    const bottom = innerHeight - sheet - 24;
    if (box && (box.top < 8 || box.bottom > bottom)) scrollBy({ top: box.top - (innerHeight - sheet) / 3 });
  }

  select(start, end) {
    const [a, b] = [this.point(start, false), this.point(end, true)];
    getSelection().setBaseAndExtent(...a, ...b);
    this.show(start, end);
  }
}

ReportText.lights = typeof Highlight === "function" && Boolean(CSS.highlights);

function length(text) {
  return /[\ud800-\udbff]/.test(text) ? [...text].length : text.length;
}

// UTF-16 units of so many code points.
function units(text, points) {
  if (!/[\ud800-\udbff]/.test(text)) return points;
  let at = 0;
  for (; points > 0 && at < text.length; points--) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

// Selecting words with the arrow keys: one word is chosen at a time, Shift extends, up and down change the line.
class WordKeys {
  constructor(text) {
    this.text = text;
    this.anchor = this.focus = null; // [start, end] of a word
  }

  begin(place) {
    this.anchor = this.focus = this.wordAt(place);
    if (this.focus) this.text.select(...this.focus);
  }

  // The words of a block.
  list(index) {
    const { found, end } = this.text.nodes(index);
    const words = [];
    let at = this.text.starts[index];
    for (const word of found.map((one) => one.node.data).join("").matchAll(/([\p{L}\p{M}\p{N}]+)|(\s+)|./gsu)) {
      const next = at + length(word[0]);
      if (!word[2]) words.push([at, Math.min(next, end)]);
      at = next;
    }
    return words;
  }

  wordAt(place) {
    const words = this.list(this.text.blockAt(place));
    return words.find(([, end]) => end > place) ?? words.at(-1) ?? null;
  }

  beside(step) {
    const index = this.text.blockAt(this.focus[0]);
    const words = this.list(index);
    const at = words.findIndex(([start]) => start === this.focus[0]) + step;
    if (words[at]) return words[at];
    for (let next = index + step; next >= 0 && next < this.text.blocks.length; next += step) {
      const others = this.list(next);
      if (others.length) return step > 0 ? others[0] : others.at(-1);
    }
    return this.focus;
  }

  // The word above or below.
  across(step) {
    const box = this.text.range(...this.focus).getBoundingClientRect();
    let word = this.focus;
    let line = null;
    for (let n = 0; n < 400; n++) {
      this.focus = word;
      const next = this.beside(step);
      if (next[0] === word[0]) break;
      word = next;
      const other = this.text.range(...word).getBoundingClientRect();
      const away = step > 0 ? other.top >= box.bottom - 2 : other.bottom <= box.top + 2;
      if (!away) continue;
      line ??= other.top;
      if (Math.abs(other.top - line) > 4) break;
      if (!this.best || Math.abs(other.left - box.left) < this.best.distance) {
        this.best = { word, distance: Math.abs(other.left - box.left) };
      }
    }
    const found = this.best?.word ?? word;
    this.best = null;
    return found;
  }

  // Whether a key was one of ours.
  press(event) {
    if (!this.focus) return false;
    const kept = this.focus;
    const words = this.list(this.text.blockAt(this.focus[0]));
    const to = {
      ArrowRight: () => this.beside(1), ArrowLeft: () => this.beside(-1),
      ArrowDown: () => this.across(1), ArrowUp: () => this.across(-1),
      Home: () => words[0], End: () => words.at(-1),
    }[event.key]?.();
    this.focus = to ?? kept;
    if (!to) return false;
    if (!event.shiftKey) this.anchor = this.focus;
    const [start, end] = [Math.min(this.anchor[0], this.focus[0]), Math.max(this.anchor[1], this.focus[1])];
    this.text.select(start, end);
    return true;
  }
}
