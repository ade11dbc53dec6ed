### The words of the plain theme in English.

skip-to-content = Skip to content
site-sections = Sections of the site
breadcrumbs-label = The way to this page
pager-label = Neighbouring pages
previous = Back
next = Next
edit-page = Edit this page
repository = Source text
license = Licence: { $license }
authors = Authors: { $authors }
index-topics = Topics
index-projects = Projects
index-technologies = Technologies
index-timeline = Timeline
index-sources = Sources
index-tracking = Rhythm and milestones
index-pages = Pages
index-glossary = Glossary
index-not-found = Page not found
not-found-text = There is nothing at this address. The page may have been removed, or the address has a typing error.
kind-project = Project
kind-exercise = Exercise
kind-capstone = Capstone
duration = Time
no-requires = no stage has to come first
hours = Work
difficulty = Difficulty
skills = Skills
external-address = Address
also = Other names
occurrences = Found in other stages too
used-in = Where it is used
backlinks = Pages that link here
project-done = Project done
status-draft = draft
status-beta = beta
status-deprecated = deprecated
cadence-weekly = every week
cadence-monthly = every month
cadence-quarterly = every quarter
cadence-once = once
difficulty-of = difficulty { $value } of 5
admonition-note = Note
admonition-tip = Tip
admonition-important = Important
admonition-warning = Warning
admonition-caution = Caution
duration-hours = { $max ->
    [one] { $max } hour
   *[other] { $max } hours
}
duration-hours-range = { $max ->
    [one] { $min }–{ $max } hour
   *[other] { $min }–{ $max } hours
}
duration-days = { $max ->
    [one] { $max } day
   *[other] { $max } days
}
duration-days-range = { $max ->
    [one] { $min }–{ $max } day
   *[other] { $min }–{ $max } days
}
duration-weeks = { $max ->
    [one] { $max } week
   *[other] { $max } weeks
}
duration-weeks-range = { $max ->
    [one] { $min }–{ $max } week
   *[other] { $min }–{ $max } weeks
}
duration-months = { $max ->
    [one] { $max } month
   *[other] { $max } months
}
duration-months-range = { $max ->
    [one] { $min }–{ $max } month
   *[other] { $min }–{ $max } months
}
duration-years = { $max ->
    [one] { $max } year
   *[other] { $max } years
}
duration-years-range = { $max ->
    [one] { $min }–{ $max } year
   *[other] { $min }–{ $max } years
}
computed = Stages in sum
requires = Finish first
opens = Opens the way to

stage-number = Stage { $number }
bundle-contents = Contents
bundle-cover = Cover
bundle-start = Beginning
bundle-accessibility = The book is text with nested headings and a table of contents; pictures have words that stand for them. The reading order is the order of learning. Items to tick are shown as empty squares.
level-number = Level { $number }

## Timeline

timeline-whole = The whole road: { $weeks }. It ends in { $months }.
timeline-stage = Stage
timeline-level = Level
timeline-earliest = Weeks, at a fast pace
timeline-latest = Weeks, at an easy pace
timeline-in-months = Months
timeline-unknown = no duration given
timeline-month = month { $number }
timeline-months = months { $from }–{ $to }
