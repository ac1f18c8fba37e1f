// Stands for the « entities » package in markdown-it: the browser knows the names, no table to download.
export function decodeHTML(entity) {
  const field = document.createElement("textarea");
  field.innerHTML = entity;
  return field.value;
}

export { decodeHTML as decodeHTMLStrict };
