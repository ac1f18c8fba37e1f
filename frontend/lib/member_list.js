// The members who may be mentioned, in a list worked with the arrows; the field that is typed in keeps the focus.
let counter = 0;

export async function searchMembers(url, typed) {
  try {
    const address = new URL(url, location.href);
    address.searchParams.set("q", typed);
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok && !response.redirected ? (await response.json()).results : [];
  } catch {
    return [];
  }
}

// « @ » then some letters, at the end of what stands before the caret.
export const typedMention = (before) => /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N}’' -]{0,39})$/u.exec(before)?.[1];

export class MemberList {
  // `field`: the control; `around`: where the list is put; `pick(member)`: writes the mention.
  constructor({ field, around, pick }) {
    this.field = field;
    this.pick = pick;
    this.members = [];
    this.list = document.createElement("ul");
    this.list.className = "mention-list";
    this.list.id = `mentions-${(counter += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Membres à mentionner");
    // In the top layer: a sheet's containment would otherwise move it.
    this.list.popover = "manual";
    // mousedown, so that the field keeps the focus.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) this.pick(this.members[Number(option.dataset.index)]);
    });
    around.append(this.list);
  }

  show(members, { left, bottom }) {
    this.members = members;
    if (!members.length) return this.close();
    this.list.replaceChildren(...members.map((member, index) => this.option(member, index)));
    this.list.showPopover();
    this.list.style.insetInlineStart = `${Math.min(left, innerWidth - this.list.offsetWidth - 8)}px`;
    this.list.style.insetBlockStart = `${Math.min(bottom + 4, innerHeight - this.list.offsetHeight - 8)}px`;
    this.field.setAttribute("aria-controls", this.list.id);
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

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  close() {
    if (this.isOpen) this.list.hidePopover();
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }

  select(index) {
    this.selected = (index + this.members.length) % this.members.length;
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", Number(option.dataset.index) === this.selected);
    }
    const option = this.list.children[this.selected];
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  // True when the key was for the list.
  key(event) {
    if (!this.isOpen) return false;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.select(this.selected + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.pick(this.members[this.selected]);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  remove() {
    this.list.remove();
  }
}
