// Before the first paint: the appearance this browser chose, if any. Loaded blocking on purpose.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage refused: the device's appearance applies.
}
