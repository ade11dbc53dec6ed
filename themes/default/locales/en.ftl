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
nav-all-levels = All levels
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
index-technologies = Technologies
index-timeline = Timeline
index-sources = Sources
index-tracking = Rhythm and milestones
index-pages = Pages
index-glossary = Glossary
index-not-found = Page not found
index-topics-lead = Every topic of the roadmap by alphabet, each with the stages that teach it.
index-projects-lead = Every project and exercise in the order of the road.
index-technologies-lead = What the projects exercise, by alphabet, each with the stages that teach it.
index-timeline-lead = When each stage begins and ends, if the road is taken in order. Weeks and months are counted from its beginning.
index-sources-lead = Study plans and books that the stages draw on.
index-tracking-lead = Lists to come back to on a schedule. They are no part of any percentage.
index-pages-lead = The other pages of the roadmap.
filters = Find projects
filter-level = Level
filter-difficulty = Difficulty
filter-hours = Hours
filter-skill = Skill
filter-any = any
filter-up-to = up to { $value }
filter-shown = Projects shown
index-jump = Index
index-parts = By level
not-found-text = There is nothing at this address. The page may have been removed, or the address has a typing error.
not-found-home = Open the map

## Kinds and numbers

level-number = Level { $number }
stage-number = Stage { $number }
stage = Stage
source = Source
term = Term
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

## On paper

print = For paper
print-lead = Everything in a row, with contents and numbers. The boxes on paper are as on your screen.
print-documents = By level
print-contents = Contents
print-road = The whole road for paper
print-level = The whole level for paper

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

# Help for readers
index-help = What works where
help-lead = There are several ways to read this road. This page says honestly what works in each and what does not.
help-where = Ways to read
help-way = How you read
help-offline = Without a network
help-ticks = Ticks
help-mind = Worth knowing
help-browser = The site in a browser, phone or computer
help-browser-offline = Yes, after the first visit over HTTPS
help-browser-online = No
help-browser-ticks = Kept in this browser
help-browser-mind = Safari, and every browser on iPhone and iPad, clears a site’s storage after a week without a visit. A copy in a file outlives that.
help-app = The site installed as an app
help-app-offline = Yes
help-app-online = No
help-app-ticks = Its own on iPhone and iPad; shared with the browser in Chrome, Edge and Firefox
help-app-mind = An iPhone does not clear the storage of an installed app after a week.
help-disk = The site’s folder from disk, computer
help-disk-offline = Yes, no network is needed at all
help-disk-ticks = Kept in this browser, under the folder’s path
help-disk-mind = Save your ticks to a file before you move or rename the folder. Keep its pages together: hub.html looks after the ticks.
help-phone = The site’s folder from disk, phone
help-phone-offline = Usually a single page opens
help-phone-ticks = Mostly not kept
help-phone-mind = On a phone, read the site at its address: it stays when the network goes.
help-private = A private window
help-private-offline = Not in Firefox and Safari
help-private-ticks = Gone with the window
help-private-mind = Save a file before you close it.
help-inside = The browser inside Telegram and other apps
help-inside-offline = Not always
help-inside-ticks = Its own, apart from your browser’s
help-inside-mind = Open the page in your usual browser before you tick.
help-html = One HTML file, if the author offers it
help-html-offline = Yes
help-html-ticks = Kept in the browser, under the file’s path
help-html-mind = Ticks go to the site and back by file.
help-epub = EPUB, if the author offers it
help-epub-offline = Yes
help-epub-ticks = Not kept: the boxes are only drawn
help-epub-mind = For reading on the way; tick on the site later.
help-paper = Print or PDF
help-paper-offline = Yes
help-paper-ticks = With a pen
help-paper-mind = The open page is printed, with your ticks.
help-your-ticks = Your ticks
help-ticks-kept = The site sends them nowhere. Another device or browser does not see them until you carry them over.
help-ticks-count = A topic and a project count one each. An unfinished project counts the share of its ticked steps, at most nine tenths. What is skipped leaves the count; weekly and monthly lists never enter it.
help-ticks-more = Behind “⋯” of an item: in progress, skipped, and a note that only you see.
help-ticks-carry = A file carries everything: ticks, dates, notes, hours. Two devices merged by file in either order show the same, and nothing is overwritten blindly: first you see what would change.
help-ticks-link = A link or QR code carries the state of items alone, and only between equal editions of the course. It never unticks anything.
help-ticks-changes = When the author rewords or moves an item, your tick stays on it. What is removed is not lost: the progress page lists it.
help-take = Take your ticks with you
help-without-network = Without a network
help-without-network-first = After the first visit the browser keeps the site on this device, and the whole road opens without a network.
help-without-network-new = A new version is fetched whole and waits. The button at the foot of a page switches to it, or the browser’s next start; until then you read the former one, and nothing is mixed.
help-without-network-install = To open the site as an app: “Install” in the menu of Chrome and Edge, “Add to Home Screen” under “Share” on iPhone and iPad.
help-without-network-room = A large site is not kept whole: the pages you have read stay, and “Take the course with me” on the progress page fetches the rest.
help-keys = Keys
help-keys-item = While an item is focused: Space ticks, J and K go to the next and the previous one, P is in progress, S skips, M opens more.
help-keys-off = The single-letter keys can be switched off on the progress page, under settings.

# A page that is not on the device
index-offline = No network
offline-text = This page is not on your device yet, and there is no network. What you have opened before can be read all the same, and your ticks are in place.
offline-take = Take the course with me once there is a network

# The book and the single file
bundle-contents = Contents
bundle-cover = Cover
bundle-start = Beginning
bundle-accessibility = The book is text with nested headings and a table of contents; pictures have words that stand for them. The reading order is the order of learning. Items to tick are shown as empty squares.

## The map

map-heading = The road from the first level to the last
map-lead = A line leads from a stage to what builds on it. The map advises and locks nothing: begin wherever you like.
map-open-now = Open to you now:
map-label = Map of the stages
map-near = The stage on the map
map-in-words = The same map in words
map-needs = First:
map-needs-nothing = Can be begun at once.
map-opens = Opens:

## Timeline

timeline-label = The road in weeks and months
timeline-table = Week by week
timeline-whole = The whole road: { $weeks }. It ends in { $months }.
timeline-sure = the least time
timeline-open = room up to the most
timeline-stage = Stage
timeline-level = Level
timeline-earliest = Weeks, at a fast pace
timeline-latest = Weeks, at an easy pace
timeline-in-months = Months
timeline-axis = Numbers above are months.
timeline-unknown = no duration given
timeline-month = month { $number }
timeline-months = months { $from }–{ $to }
timeline-link = Week by week, month by month
