// Writing into a field from a script: the field's own listeners are told (input), and an editor standing over it
// reloads its text (text-changed).
export function setText(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new CustomEvent("text-changed"));
}

// « 14 h 32 », with narrow no-break spaces.
export function clock(date) {
  return `${date.getHours()}\u202fh\u202f${String(date.getMinutes()).padStart(2, "0")}`;
}

export const csrfToken = (element) => element.closest("form")?.elements.csrfmiddlewaretoken?.value ?? "";
