/// Everything that a key can do.
public enum Command: String, CaseIterable, Hashable, Sendable {
    // Time
    case playPause, back, forward, scrubBack, scrubForward, previousMark, nextMark, toStart, toEnd, goTo, slower, faster
    // Panels
    case nextPanel, previousPanel, up, down, scrollUp, scrollDown, pageUp, pageDown, zoom, why, trueTimes
    // Changes
    case nextControl, lower, raise, fault, undo, redo, reset, compare, nextDifference
    // The lesson
    case nextStep, previousStep, hint, confirm, watchIt, solution, outline, glossary, sheet
    // The sandbox
    case addPart, removePart, saveFile, share
    // Teaching
    case black, faultList, timer, zeroTimer, detach
    // The workshop
    case search, record, problems, language, help, close, quit
}
