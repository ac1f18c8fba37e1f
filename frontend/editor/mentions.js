// « @ » then some letters: members who may see the thread, in a list worked with the arrows.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";

const TYPED = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N}’' -]{0,39})$/u;
const PAUSE = 200;
let counter = 0;

class Suggestions {
  constructor(view, search) {
    this.view = view;
    this.search = search;
    this.members = [];
    this.list = document.createElement("ul");
    this.list.className = "mention-list";
    this.list.id = `mentions-${(counter += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Membres à mentionner");
    // In the top layer: a sheet's containment would otherwise move it.
    this.list.popover = "manual";
    // mousedown, so that the editor keeps the focus.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) this.insert(Number(option.dataset.index));
    });
    view.dom.closest(".editor").append(this.list);
  }

  update(view) {
    const { $from, empty } = view.state.selection;
    const before = empty && view.hasFocus() ? $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc") : "";
    const typed = TYPED.exec(before)?.[1];
    if (typed === this.typed) return;
    this.typed = typed;
    clearTimeout(this.timer);
    if (!typed) return this.close();
    this.timer = setTimeout(() => this.load(typed), PAUSE);
  }

  async load(typed) {
    const members = await this.search(typed);
    if (typed !== this.typed) return;
    this.members = members;
    if (!members.length) return this.close();
    this.list.replaceChildren(...members.map((member, index) => this.option(member, index)));
    this.open();
    this.select(0);
  }

  option(member, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.dataset.index = index;
    option.setAttribute("role", "option");
    const name = document.createElement("span");
    name.textContent = member.name;
    const detail = document.createElement("span");
    detail.className = "fine";
    detail.textContent = member.detail ?? "";
    option.append(name, detail);
    return option;
  }

  open() {
    const { left, bottom } = this.view.coordsAtPos(this.view.state.selection.from);
    this.list.showPopover();
    this.list.style.insetInlineStart = `${Math.min(left, innerWidth - this.list.offsetWidth - 8)}px`;
    this.list.style.insetBlockStart = `${Math.min(bottom + 4, innerHeight - this.list.offsetHeight - 8)}px`;
    this.view.dom.setAttribute("aria-controls", this.list.id);
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  close() {
    if (this.isOpen) this.list.hidePopover();
    this.view.dom.removeAttribute("aria-activedescendant");
    this.view.dom.removeAttribute("aria-controls");
  }

  select(index) {
    this.selected = (index + this.members.length) % this.members.length;
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", Number(option.dataset.index) === this.selected);
    }
    const option = this.list.children[this.selected];
    option.scrollIntoView({ block: "nearest" });
    this.view.dom.setAttribute("aria-activedescendant", option.id);
  }

  insert(index) {
    const { id, name } = this.members[index];
    const { state } = this.view;
    const { from } = state.selection;
    const mention = state.schema.nodes.mention.create({ id, name });
    this.view.dispatch(state.tr.replaceWith(from - this.typed.length - 1, from, [mention, state.schema.text(" ")]));
    this.view.focus();
  }

  key(event) {
    if (!this.isOpen) return false;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.select(this.selected + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.insert(this.selected);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  destroy() {
    clearTimeout(this.timer);
    this.list.remove();
  }
}

export function mentions(search) {
  let suggestions;
  return Extension.create({
    name: "mentionSuggestions",
    priority: 1000,
    addProseMirrorPlugins: () => [
      new Plugin({
        view: (view) => (suggestions = new Suggestions(view, search)),
        props: {
          handleKeyDown: (_view, event) => suggestions.key(event),
          handleDOMEvents: { blur: () => void suggestions.close() },
        },
      }),
    ],
  });
}
