// How the site's search ranks what it has found: a function's own section comes first, then a guide's section of that name,
// and last the pages that name every function, or are about how taropy is made.
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
    const asked = (new URLSearchParams(location.search).get("q") ?? "").replace(/\bTaro\./g, "").match(/\S+/g) ?? [];
    const heading = title.split(" > ").pop();
    if (page.startsWith("docs/reference/")) {
      if (asked.includes(heading)) return score + 100;
      if (asked.some((word) => word.toLowerCase() === heading.toLowerCase())) return score + 50;
    }
    if (page.startsWith("docs/guides/") && asked.some((word) => heading.split(/\W+/).includes(word))) return score + 60;
    if (/^docs\/(vendors|upstream)\/|^docs\/(architecture|differences|support-disagreements)$|^[A-Z]+$/.test(page)) return score - 20;
    return score;
  },
};
