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
client-scheme = Colours
client-scheme-system = as the system
client-scheme-light = light
client-scheme-dark = dark
client-copy = Copy
client-copied = Copied
client-copy-failed = Failed
client-wrap = Wrap lines
client-term-open = Open in the glossary
client-print = Print
client-print-notes = with my notes
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
client-before-install = This site can be installed as an app. Its ticks may be kept apart from the browser’s (on iPhone and iPad they always are): take yours along first.
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
client-kept-waits = The copy in “{ $file }” is behind: the browser waits for your permission.
client-kept-resume = Go on writing
client-kept-lost = “{ $file }” is no longer written. Choose it again.
client-update = There is a new version of this site.
client-update-now = Switch to it

client-map-done = done
client-map-doing = in progress
client-map-open = open
client-map-later = later
client-map-go-on = Go on
client-map-go-on-with = Go on with stage { $number }
client-map-nothing-open = everything is done

client-progress-road = The whole road
client-progress-go-on = Continue where you stopped:
client-progress-begin = Begin:
client-progress-all-done = All of it is done.
client-progress-since = What changed since you were last here
client-progress-since-fresh = New
client-progress-since-reworded = Reworded
client-progress-since-moved = Moved
client-progress-since-retired = Retired
client-progress-since-seen = I have seen it
client-progress-remember = Do you remember?
client-progress-remember-text = You were away for two weeks or more. Here are some topics you did; an answer clears no tick.
client-progress-remember-yes = Yes
client-progress-remember-no = Not any more
client-progress-tray = Ticks on what is no longer on the road
client-progress-tray-text = They are yours and stay, but do not count.
client-progress-tray-now = In its place now: { $items }.
client-progress-rhythm = When I learned
client-progress-done-lately = Done this week: { $week }, this month: { $month }.
client-progress-streak = { $n ->
    [one] { $n } week in a row.
   *[other] { $n } weeks in a row.
}
client-progress-calendar = Calendar: something was done in { $active } of { $weeks } weeks.
client-progress-lists = Lists and milestones
client-progress-of = { $done } of { $total }
client-progress-history = Earlier
client-progress-hours = Hours practised
client-progress-hours-week = Hours this week: { $hours }.
client-progress-hours-day = Day
client-progress-hours-length = hours
client-progress-hours-add = Note down
client-progress-hours-back = Remove the last entry
client-progress-take = Take it along
client-progress-take-text = All that you ticked and wrote is yours.
client-progress-take-file = Save a file
client-progress-take-share = Send to myself
client-progress-take-kept = Keep a file up to date
client-progress-kept-writing = “{ $file }” is kept up to date.
client-progress-kept-waits = “{ $file }” waits for the browser’s permission.
client-progress-kept-lost = The file is no longer written.
client-progress-kept-stop = Stop keeping it
client-progress-take-link = Link to another device
client-progress-link-text = Open the link or the code on another device. It first shows what would change. Notes and dates travel only in the file.
client-progress-link-file = This page was opened from disk: the link works where this folder has the same address. To another device, a file is the safer way.
client-progress-link-code = QR code of the link
client-progress-bring = Bring it here
client-progress-bring-text = A file and a link first show what would change. The newer record wins.
client-progress-bring-file = File:
client-progress-bring-link = Link:
client-progress-bring-look = Look
client-progress-bring-damaged = This is not a file of ticks, or it is damaged. Nothing was changed.
client-progress-bring-newer = The file was made by a newer version of the site. Update the site; nothing was changed.
client-progress-bring-other = The file is of another curriculum (“{ $curriculum }”). Ticks on items that both share are carried over; the others are kept aside.
client-progress-bring-preview = Newer here: { $newerHere }, newer in the file: { $newerThere }, the same: { $same }, unknown to this site: { $unknown }{ $damaged ->
    [0] { "" }
   *[other] , damaged: { $damaged }
}.
client-progress-bring-merge = Merge
client-progress-bring-done = { $n ->
    [0] Nothing changed.
    [one] { $n } record changed.
   *[other] { $n } records changed.
}
client-progress-link-damaged = The link is incomplete or damaged. Ask for it again, or take the file.
client-progress-link-newer = The link was made by a newer version of the site. Update the site, or take the file.
client-progress-link-another-list = The link was made for another edition: the list of items has changed since. Carry the ticks over by file, which does not depend on the edition.
client-progress-link-preview = Done in the link: { $done }. Would change here: { $n }. Nothing done becomes undone.
client-progress-link-notes = Notes and dates travel only in the file.
client-progress-others = Other curricula on this site
client-progress-others-text = This browser has ticks of another curriculum with items in common.
client-progress-others-count = { $n ->
    [one] { $n } record in common
   *[other] { $n } records in common
}
client-progress-others-copy = Copy them here
client-progress-group = A group
client-progress-group-text = Open the files or links of several people to see them side by side. They stay on this page and do not touch your ticks.
client-progress-group-files = Files:
client-progress-group-add = Add
client-progress-group-name = Name
client-progress-group-person = Person { $n }
client-progress-settings = Settings
client-progress-keys = Keys at the items
client-progress-keys-text = While an item has the focus: J and K for the next and the previous, P in progress, S skip, M more.
client-progress-help = What works where
client-progress-help-text = Where ticks are kept, and what works without a network, from disk, as an app and in one file:
client-progress-offline-take = Take the course with me
client-progress-offline-whole = The whole course is on this device and opens without a network ({ $size } MB).
client-progress-offline-part = A part of the course opens without a network on this device: { $files } of { $all } files. All of it is { $size } MB.
client-progress-offline-broken = It could not be fetched. What is here already has stayed; try again.
