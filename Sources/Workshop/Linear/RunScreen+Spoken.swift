import TerminalKit

// The panels of a screen with a run, in sentences.
extension RunScreen {
    /// What a panel is told from: as it is drawn, but in plain signs.
    func spokenContext(for kind: PanelKind, _ app: App) -> PanelContext? {
        var settings = app.settings
        settings.glyphs = .ascii
        settings.reducedMotion = true
        var context = context(for: kind, app.language, settings)
        context?.scroll = 0
        return context
    }

    /// A panel, in sentences; its title first.
    func sentences(of kind: PanelKind, _ app: App) -> [String] {
        guard let context = spokenContext(for: kind, app) else { return [] }
        let panel = Panels.panel(kind)
        let note = panel.note(context)
        return [Speech.sentence("\(panel.title(context))\(note.isEmpty ? "" : ", \(note)")")] + panel.spoken(context)
    }

    /// What a panel is called.
    func title(of kind: PanelKind, _ language: Language) -> String {
        context(for: kind, language, DisplaySettings()).map(Panels.panel(kind).title) ?? kind.rawValue
    }

    func telling(_ kind: PanelKind) -> LinearAction {
        LinearAction("tell \(title(of: kind, .english))", "leer \(title(of: kind, .spanish))", .tell(kind))
    }
}
