import TerminalKit
import Trace

// What an instructor has over the lesson, on the screens of those who follow.
extension LessonSnapshot.Over {
    /// `nil` for what the class need not see.
    init?(_ overlay: App.Overlay) {
        switch overlay {
        case .why(let state): self = .why(event: state.event?.rawValue, place: state.place)
        case .outline(let outline): self = .outline(outline.index)
        case .glossary(let state):
            guard let id = state.shown else { return nil }
            self = .term(id)
        case .sheet(let offset): self = .sheet(offset)
        case .keys, .faults, .record, .goTo, .problem, .wrongFiles, .presenter: return nil
        }
    }

    /// Whether the two are the same page, turned further or not.
    func isLike(_ other: LessonSnapshot.Over?) -> Bool {
        switch (self, other) {
        case (.why, .why), (.outline, .outline), (.term, .term), (.sheet, .sheet): true
        default: false
        }
    }
}

extension App {
    /// Puts over the lesson what the instructor has there. What students opened themselves stays until they close it;
    /// what they put away stays away until the instructor shows something else.
    mutating func showOver() {
        guard let follower, follower.isLive else { return }
        if overlay != nil, follower.over == nil { return }
        var wanted = follower.isDark ? nil : follower.shown?.over
        if let hidden = follower.hidden {
            if hidden.isLike(wanted) { wanted = nil } else { self.follower?.hidden = nil }
        }
        guard wanted != follower.over else { return }
        overlay = wanted.flatMap { overlay(for: $0) }
        self.follower?.over = overlay == nil ? nil : wanted
    }

    /// `nil` where it cannot be shown: a term of another glossary, an event of another run.
    private func overlay(for over: LessonSnapshot.Over) -> Overlay? {
        guard let lesson else { return nil }
        switch over {
        case .why(let event, let place):
            let trace = lesson.player?.run?.trace
            let known = event.map { EventID($0) }.flatMap { trace?[$0] == nil ? nil : $0 }
            return .why(WhyState(event: known, place: place))
        case .outline(let index): return .outline(OutlineState(index: min(index, lesson.pages.count - 1)))
        case .term(let id):
            guard let glossary, glossary[id] != nil else { return nil }
            return .glossary(glossaryState(glossary, shown: id))
        case .sheet(let offset): return .sheet(offset: offset)
        }
    }

    /// What a student can do with what the instructor shows: read on, in their own language, or put it away.
    mutating func pressInOver(_ key: Key) -> [Effect] {
        switch (KeyMap.command(for: key), overlay) {
        case (.close, _):
            let over = follower?.over
            follower?.hidden = over
            follower?.over = nil
            overlay = nil
        case (.language, _):
            // Made anew, in the other language.
            language = language.other
            follower?.over = nil
            overlay = nil
        case (.up, .sheet(let offset)), (.down, .sheet(let offset)), (.scrollUp, .sheet(let offset)),
            (.scrollDown, .sheet(let offset)), (.pageUp, .sheet(let offset)), (.pageDown, .sheet(let offset)):
            press(key, inSheet: offset)
        default: break
        }
        return []
    }
}

extension App.Overlay {
    /// Whether letters are typed into it.
    var takesLetters: Bool {
        switch self {
        case .glossary, .goTo: true
        default: false
        }
    }
}
