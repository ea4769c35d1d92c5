import TerminalKit

/// Tells the workshop as it goes: what there is to say after a message that was not so before it.
///
/// A pure function of the workshop before and after. It never repeats what was said and has not changed.
public struct Narrator: Sendable {
    public init() {}

    /// The sentences to append, in order.
    ///
    /// - Parameters:
    ///   - before: the workshop when it last spoke; `nil`: it has not spoken yet.
    ///   - isAsked: whether somebody waits to hear what a key did.
    public func news(from before: App?, to after: App, isAsked: Bool = true) -> [String] {
        news(from: before.map { Telling($0) }, to: Telling(after), isAsked: isAsked)
    }

    /// The same of two workshops whose sentences are known: who tells one after another finds each out once.
    func news(from earlier: Telling?, to telling: Telling, isAsked: Bool = true) -> [String] {
        let (before, after) = (earlier?.app, telling.app)
        let known = earlier?.announcements ?? []
        var sentences = before.map { ClassChanges($0, after).spoken(after.language) } ?? []
        let now = telling.announcements
        func news(_ announcements: [Announcement]) -> [String] {
            announcements.flatMap { announcement in
                announcement.news(since: known.first { $0.topic == announcement.topic })
            }
        }
        sentences += news(now.filter { !$0.isIdle })
        if let before { sentences += PassageSpeech(before, after)?.spoken(after.language) ?? [] }
        if let notice = after.notice, notice != before?.notice { sentences.append(notice.text(after.language)) }
        sentences += overlayNews(from: earlier, to: telling, isAlone: sentences.isEmpty)
        if sentences.isEmpty { sentences = news(now.filter(\.isIdle)) }
        if sentences.isEmpty, isAsked, let earlier {
            let (then, now) = (earlier.legible(atTimeOf: after), telling.legible(atTimeOf: after))
            sentences = ScreenDifference(before: then, after: now).spoken(after.language)
        }
        return Speech.said(sentences, after.language)
    }

    /// What happened in the run between two moments of the same page; nothing else.
    func passage(from before: App, to after: App) -> [String] {
        Speech.said(PassageSpeech(before, after)?.spoken(after.language) ?? [], after.language)
    }

    /// Where the student is, and everything that can be told about it now.
    func everything(_ telling: Telling) -> [String] {
        let app = telling.app
        let told = telling.announcements.flatMap(\.sentences) + telling.overlay
        let stage = app.lesson?.isAsking == true ? nil : app.stage
        let panels = stage.map { stage in stage.panels.flatMap { stage.sentences(of: $0, app) } }
        return Speech.said(told + (panels ?? []), app.language)
    }

    /// Where the student is, in a line.
    public func place(_ app: App) -> [String] {
        let sentences = Telling(app).announcements.first?.sentences ?? []
        if let state = app.sandbox { return Speech.said(SandboxSpeech(state, app).standing, app.language) }
        if case .menu = app.screen { return Speech.said(Array(sentences.prefix(1)), app.language) }
        return Speech.said([sentences.joined(separator: " ")], app.language)
    }

    // MARK: Overlays

    /// An overlay is told whole when it comes, and by what changes in it while it stays. That it went goes without
    /// saying where what it did is told.
    private func overlayNews(from before: Telling?, to after: Telling, isAlone: Bool) -> [String] {
        let now = Announcement("overlay", after.overlay)
        guard let before, before.app.overlay != nil else { return now.sentences }
        if after.app.overlay == nil { return isAlone ? [after.app.language.text("Closed.", "Cerrado.")] : [] }
        return now.news(since: Announcement("overlay", before.overlay))
    }
}
