// Runs before the first paint, so that a chosen theme never flashes the other one. A classic script on purpose.
(function () {
  try {
    var chosen = localStorage.getItem('millwright.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch (denied) {
    // Storage may be forbidden; the system's preference then decides.
  }
})();
