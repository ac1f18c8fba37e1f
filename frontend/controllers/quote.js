import { Controller } from "@hotwired/stimulus";
import { setText } from "../lib/text.js";

// On the thread. Selecting words of a post offers to quote them, with their author and a link to the post, in the
// reply. Without a selection, or without script, the post's own « Citer » link does it on the server.
export default class extends Controller {
  static targets = ["post", "button", "reply"];

  connect() {
    this.follow = this.follow.bind(this);
    document.addEventListener("selectionchange", this.follow);
  }

  disconnect() {
    document.removeEventListener("selectionchange", this.follow);
  }

  follow() {
    if (!this.hasButtonTarget) return;
    const selection = getSelection();
    this.words = selection.toString().trim();
    this.post = this.words && this.postTargets.find((post) => this.holds(post, selection));
    if (!this.post || !this.hasReplyTarget) return this.buttonTarget.hidePopover();
    this.buttonTarget.showPopover();
    const { left, bottom } = selection.getRangeAt(0).getBoundingClientRect();
    this.buttonTarget.style.insetInlineStart = `${Math.max(8, left)}px`;
    this.buttonTarget.style.insetBlockStart = `${Math.min(bottom + 8, innerHeight - 56)}px`;
  }

  holds(post, selection) {
    const texts = [...post.querySelectorAll(".prose")];
    return texts.some((text) => text.contains(selection.anchorNode) && text.contains(selection.focusNode));
  }

  // The selection is lost when the button takes the focus: it must not.
  keep(event) {
    event.preventDefault();
  }

  insert() {
    // An answer says once who wrote it, and its date is its permalink.
    const author = this.post.dataset.quoteAuthor ?? this.post.querySelector(".person-name").textContent;
    const url = this.post.dataset.quoteUrl ?? this.post.querySelector(".acts > .fine > a").getAttribute("href");
    const quoted = this.words.split("\n").map((line) => `> ${escape(line)}`.trimEnd()).join("\n");
    const before = this.replyTarget.value.trimEnd();
    const source = `> — [${escape(author)}](${url})`;
    setText(this.replyTarget, `${before ? `${before}\n\n` : ""}${quoted}\n>\n${source}\n\n`);
    getSelection().removeAllRanges();
    this.replyTarget.dispatchEvent(new CustomEvent("text-focus"));
  }
}

const escape = (text) => text.replace(/[\\`*_[\]<>~|!&]/g, "\\$&").replace(/^(\s*)([#+-]|\d+[.)])(?=\s)/, "$1\\$2");
