import TerminalKit

/// Tells the workshop as it goes: what there is to say after a message that was not so before it.
///
/// A pure function of the workshop before and after. It never repeats what was said and has not changed.
public struct Narrator: Sendable {
    public init() {}

    /// The sentences to append, in order.
    ///
    /// - Parameter before: the workshop when it last spoke; `nil`: it has not spoken yet.
    public func news(from before: App?, to after: App) -> [String] {
        let known = before.map(announcements) ?? []
        var sentences = announcements(after).flatMap { announcement in
            announcement.news(since: known.first { $0.topic == announcement.topic })
        }
        if let before { sentences += PassageSpeech(before, after)?.spoken(after.language) ?? [] }
        sentences += overlayNews(from: before, to: after)
        if sentences.isEmpty, let before { sentences = difference(before.view(), after.view(), after.language) }
        return Speech.said(sentences, after.language)
    }

    /// Where the student is, and everything that can be told about it now.
    public func everything(_ app: App) -> [String] {
        let told = announcements(app).flatMap(\.sentences) + overlay(app)
        let panels = app.lesson.map { lesson in
            lesson.isAsking ? [] : lesson.panels.flatMap { lesson.sentences(of: $0, app) }
        }
        return Speech.said(told + (panels ?? []), app.language)
    }

    /// Where the student is, in a sentence or two.
    public func place(_ app: App) -> [String] {
        Speech.said(Array(announcements(app).first?.sentences.prefix(1) ?? []), app.language)
    }

    /// A screen that has no sentences of its own is read row by row.
    private func announcements(_ app: App) -> [Announcement] {
        if case .menu(let menu) = app.screen { return MenuSpeech(menu: menu, app: app).announcements }
        if case .lesson(let state) = app.screen { return LessonSpeech(state, app).announcements }
        if case .sandbox(let state) = app.screen { return [Announcement("sandbox", state.spoken(app.language))] }
        var bare = app
        bare.overlay = nil
        return [Announcement("screen", FrameSpeech(frame: bare.view()).spoken(app.language))]
    }

    /// What is only to be seen: the row that is chosen now, else the first rows that are not as they were.
    private func difference(_ before: Frame, _ after: Frame, _ language: Language) -> [String] {
        guard before.size == after.size, before != after else { return [] }
        let rows = (0..<after.size.height).filter { y in
            (0..<after.size.width).contains { before[$0, y] != after[$0, y] }
        }
        func isChosen(_ y: Int) -> Bool { (0..<after.size.width).contains { after[$0, y].style.role == .selection } }
        let chosen = rows.filter(isChosen)
        var shown = Frame(size: Size(width: after.size.width, height: 3))
        for (line, y) in (chosen.isEmpty ? rows : chosen).prefix(3).enumerated() {
            for x in 0..<after.size.width where after[x, y].width > 0 {
                shown.write(String(after[x, y].character), x: x, y: line, style: .text)
            }
        }
        return FrameSpeech(frame: shown).spoken(language)
    }

    // MARK: Overlays

    /// An overlay is told whole when it comes, and by what changes in it while it stays. Below it nothing changes.
    private func overlayNews(from before: App?, to after: App) -> [String] {
        let now = Announcement("overlay", overlay(after))
        guard let before, before.overlay != nil else { return now.sentences }
        if after.overlay == nil { return [after.language.text("Closed.", "Cerrado.")] }
        return now.news(since: Announcement("overlay", overlay(before)))
    }

    private func overlay(_ app: App) -> [String] {
        app.overlay.map { OverlaySpeech(overlay: $0, app: app).spoken(app.language) } ?? []
    }
}
