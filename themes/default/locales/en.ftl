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

# Words of the script. `client-progress-…` is for the progress page alone.

client-close = Close
client-undo = Undo
client-notices = Messages
client-status = Status
client-status-todo = to do
client-status-doing = in progress
client-status-done = done
client-status-skipped = skipped
client-more = More: { $item }
client-note = Note to myself
client-note-private = Only you see the note: it is kept in this browser.
client-note-saved = Saved.
client-count = { $done } of { $total } · { $percent } %
client-left-open = Show what is left
client-left-nothing = All is done here.
client-left-missing = The list did not load. Open the level's page.
client-left-project = Tick the project “{ $project }” as a whole
client-left-count = { $n ->
    [0] all done
   *[other] { $n } left
}
client-progress-page = All my progress
client-whole = I know this…
client-whole-done = Mark all as done
client-whole-skipped = Skip all
client-whole-again = Start again
client-whole-done-told = { $n ->
    [0] Nothing to mark.
    [one] { $n } item marked as done.
   *[other] { $n } items marked as done.
}
client-whole-skipped-told = { $n ->
    [0] Nothing to skip.
    [one] { $n } item skipped: it no longer counts.
   *[other] { $n } items skipped: they no longer count.
}
client-whole-again-told = { $n ->
    [0] Nothing is ticked here yet.
    [one] { $n } tick cleared. What was done, and when, stays in the history.
   *[other] { $n } ticks cleared. What was done, and when, stays in the history.
}
client-first-tick = Ticks are kept in this browser on this device and are sent nowhere.
client-more-about = More about it
client-take-copy = Save a copy
client-copy-safari = Safari clears a site's storage after a week without a visit. Save a copy of your ticks to a file.
client-before-install = An installed app has a storage of its own. Take your ticks with you first.
client-carry = Take them along
client-empty-app = The app has a storage of its own, and it is empty. Ticks from the browser can be carried over.
client-empty-in-app = This is a browser inside an app: ticks made in your usual browser are not seen here. They can be carried over.
client-carry-here = Carry them over
client-trouble-half = The browser withholds a part of its storage. Ticks are kept, but other tabs see them only after reloading. A copy in a file is safer.
client-trouble-blocked = The browser lets the site keep nothing. Ticks last while this page is open; save a copy so as not to lose them.
client-trouble-full = The browser's storage is full. New ticks are in the second one; save a copy and make room.
client-trouble-lost = The browser's storage is full: new ticks last while this page is open. Save a copy and make room.
client-trouble-damaged = Some stored records are damaged. They are set aside, not erased; the others are in place. Save a copy to be safe.
client-trouble-newer = The records in this browser were written by a newer version of the site. They are untouched; new ticks last while this page is open. Reload the page or update the site.
client-trouble-hub = The page hub.html, which keeps the records, does not answer: see that it is in the site's folder. New ticks wait beside it and get there when it answers.
client-since = Since you were last here (“{ $level }”): { $fresh ->
    [0] { "" }
   *[other] { $fresh } new,{ " " }
}{ $reworded ->
    [0] { "" }
   *[other] { $reworded } reworded,{ " " }
}{ $moved ->
    [0] { "" }
   *[other] { $moved } moved,{ " " }
}{ $retired ->
    [0] { "" }
   *[other] { $retired } retired,{ " " }
}now { $done } of { $total } done.
client-since-more = What changed
client-split = You ticked “{ $whole }”. Now there is separately: { $parts }. Is that done too?
client-split-yes = Yes, tick
client-split-no = No
