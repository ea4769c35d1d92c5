extension Lesson {
    /// What stands behind the words of a link: the number of the step that it leads to, or the address.
    func note(onLinkTo destination: String, _ language: Language) -> String {
        guard destination.hasPrefix("#") else { return destination }
        guard let place = steps.firstIndex(where: { $0.id == destination.dropFirst() }) else { return "" }
        return "(\(language.text("step", "paso"))\u{a0}\(place + 1))"
    }
}
