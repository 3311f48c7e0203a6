// How the site's search ranks what it has found: a function's own section comes first, and pages that name every function last.
// Sphinx puts it into its own script (html_search_scorer); the numbers but those of `score` are Sphinx's own.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,

  score: (result) => {
    const [page, title, , , score] = result;
    const asked = (new URLSearchParams(location.search).get("q") ?? "").replace(/\bTaro\./g, "").split(/\s+/);
    const heading = title.split(" > ").pop();
    if (page.startsWith("docs/reference/")) {
      if (asked.includes(heading)) return score + 100;
      if (asked.some((word) => word.toLowerCase() === heading.toLowerCase())) return score + 50;
    }
    if (page.startsWith("docs/vendors/") || page === "CHANGELOG") return score - 20;
    return score;
  },
};
