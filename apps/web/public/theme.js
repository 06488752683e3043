/** Sets the chosen theme before the first paint; the app's theme.ts writes the same key. */
try {
  const theme = localStorage.getItem('earshot.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden; then the system decides.
}
