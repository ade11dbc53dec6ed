# Words of the search.

search = Search
client-search = Search
client-search-hint = A word, a term, a question
client-search-results = Results
client-search-kinds = Where to search
client-search-kind-all = All
client-search-kind-stage = Stages
client-search-kind-project = Projects
client-search-kind-level = Levels
client-search-kind-page = Pages
client-search-kind-source = Sources
client-search-kind-tracking = Lists
client-search-kind-term = Glossary
client-search-one-stage = stage
client-search-one-project = project
client-search-one-level = level
client-search-one-page = page
client-search-one-source = source
client-search-one-tracking = list
client-search-one-term = term
client-search-best = Best
client-search-notes = My notes
client-search-understood = Shown for “{ $text }”.
client-search-missing = The search did not load. Reload the page, or open the list of topics.
client-search-found = { $n ->
    [0] Nothing found. Try another word.
    [one] { $n } result.
   *[other] { $n } results.
}
