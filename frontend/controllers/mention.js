import { Controller } from "@hotwired/stimulus";
import { MemberList, searchMembers, typedMention } from "../lib/member_list.js";

const PAUSE = 200;

// « @ » then some letters in a plain textarea: the chosen member is written `@[Nom](membre:ID)`.
export default class extends Controller {
  static targets = ["field"];
  static values = { url: String };

  connect() {
    this.list = new MemberList({ field: this.fieldTarget, around: this.element, pick: (member) => this.insert(member) });
    this.fieldTarget.setAttribute("autocomplete", "off");
  }

  disconnect() {
    clearTimeout(this.timer);
    this.list.remove();
  }

  get before() {
    return this.fieldTarget.value.slice(0, this.fieldTarget.selectionStart);
  }

  type() {
    const typed = typedMention(this.before);
    if (typed === this.typed) return;
    this.typed = typed;
    clearTimeout(this.timer);
    if (!typed) return this.list.close();
    this.timer = setTimeout(() => this.load(typed), PAUSE);
  }

  async load(typed) {
    const members = await searchMembers(this.urlValue, typed);
    if (typed === this.typed) this.list.show(members, this.fieldTarget.getBoundingClientRect());
  }

  key(event) {
    if (this.list.key(event)) event.preventDefault();
  }

  close() {
    this.list.close();
  }

  insert({ id, name }) {
    const end = this.fieldTarget.selectionStart;
    const words = name.replace(/[\\`*_[\]<>~|!&]/g, "\\$&");
    this.fieldTarget.setRangeText(`@[${words}](membre:${id}) `, end - this.typed.length - 1, end, "end");
    this.typed = undefined;
    this.list.close();
    this.fieldTarget.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
