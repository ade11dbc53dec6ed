### The theme's words in English.

## The page

skip-to-content = Skip to content
menu = Menu
menu-close = Close the menu
home = Map
site-sections = Sections of the site
nav-label = Navigation of the roadmap
nav-levels = Levels
nav-levels-near = Neighbouring levels
nav-all-levels = All levels on the map
nav-sections = Sections
nav-tracking = Rhythm
nav-pages = Pages
breadcrumbs-label = The way to this page
outline = On this page
pager-label = Neighbouring pages
previous = Back
next = Next
to-top = To the top
edit-page = Edit this page
repository = Source text
license = Licence: { $license }
authors = Authors: { $authors }
made-with = Made with { $generator }

## Lists of the whole site

index-topics = Topics
index-projects = Projects
index-sources = Sources
index-tracking = Rhythm and milestones
index-pages = Pages
index-glossary = Glossary
index-not-found = Page not found
index-topics-lead = Every topic of the roadmap by alphabet, each with the stages that teach it.
index-projects-lead = Every project and exercise in the order of the road.
index-sources-lead = Study plans and books that the stages draw on.
index-tracking-lead = Lists to come back to on a schedule. They are no part of any percentage.
index-pages-lead = The other pages of the roadmap.
index-jump = Index
index-parts = By level
not-found-text = There is nothing at this address. The page may have been removed, or the address has a typing error.
not-found-home = Open the map

## Kinds and numbers

level-number = Level { $number }
stage-number = Stage { $number }
stage = Stage
source = Source
project-of-stage = { $kind } of stage { $number }
kind-project = Project
kind-exercise = Exercise
kind-capstone = Capstone

## Facts

facts = At a glance
goal = Goal
duration = Time
duration-both = { $declared } by level; stages in sum { $computed }
duration-both-level = { $declared }; stages in sum { $computed }
duration-sum-only = stages in sum { $computed }
contents = Inside
requires-stages = Finish first
opens-stages = Opens the way to
requires-projects = Do first
opens-projects = Useful later for
no-requires = no stage has to come first
sources = Sources
source-part = { $part }
hours = Work
difficulty = Difficulty
skills = Skills
external-address = Address
also = Other names
cadence = How often
entries = In the list
weeks = Week { $max }
weeks-range = Weeks { $min }–{ $max }

## Sections of pages

start-here = Start with stage { $number }
start = Start
levels-heading = Levels
stages-of-level = Stages of the level
program = Program
projects-heading = Projects of the stage
projects-rest = Other projects of the stage
projects-after = Projects after this block
projects-after-one = Project after this block
occurrences = Found in other stages too
used-in = Where it is used
used-in-nothing = No stage draws on this source yet.
backlinks = Pages that link here
tracking-heading = Rhythm and milestones
pages-heading = Pages
terms-index = All terms
project-done = Project done
projects-list = Projects

## Progress

progress-curriculum = Done of the whole roadmap
progress-level = Done of the level
progress-stage = Done of the stage
progress-block = Done in the block
progress-project = Done of the project

## States

status-draft = draft
status-beta = beta
status-stable = stable
status-deprecated = deprecated
status-note-draft = This stage is still being written: topics and their order may change.
status-note-beta = This stage is new: few have finished it, and remarks are welcome.
status-note-deprecated = This stage is out of date and kept for those who have begun it.

## How often

cadence-weekly = every week
cadence-monthly = every month
cadence-quarterly = every quarter
cadence-once = once

## Difficulty

difficulty-1 = very easy
difficulty-2 = easy
difficulty-3 = medium
difficulty-4 = hard
difficulty-5 = very hard
difficulty-of = difficulty { $value } of 5

## Notes in the text

admonition-note = Note
admonition-tip = Tip
admonition-important = Important
admonition-warning = Warning
admonition-caution = Caution

## Durations

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

## Counts

count-levels = { $count ->
    [one] { $count } level
   *[other] { $count } levels
}
count-stages = { $count ->
    [one] { $count } stage
   *[other] { $count } stages
}
count-topics = { $count ->
    [one] { $count } topic
   *[other] { $count } topics
}
count-projects = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}
count-steps = { $count ->
    [one] { $count } step
   *[other] { $count } steps
}
count-sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
count-terms = { $count ->
    [one] { $count } term
   *[other] { $count } terms
}
count-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}

# My progress
index-progress = My progress
progress-noscript = A script of this page counts your progress, and your browser keeps it. Switch JavaScript on to see it.
index-hub = hub
