/// Something that holds at a moment, and how it is told.
///
/// Of a announcement that was made before, only the sentences are told that are new.
struct Announcement: Hashable {
    /// What it is about. An announcement about something new is told whole.
    var topic: String
    var sentences: [String]
    /// It is told again only when this changes: a picture changes with every event, and is told when it is asked for.
    var occasion: String?
    /// Whether it goes without saying until it changes.
    var isUsual: Bool
    /// Whether it is told only where there is nothing else to tell.
    var isIdle: Bool

    init(
        _ topic: String, _ sentences: [String], on occasion: String? = nil, isUsual: Bool = false, isIdle: Bool = false
    ) {
        self.topic = topic
        self.sentences = sentences.filter { !$0.isEmpty }
        self.occasion = occasion
        self.isUsual = isUsual
        self.isIdle = isIdle
    }

    /// What there is to tell after another state of the same thing; `nil`: nothing was known of it.
    func news(since before: Announcement?) -> [String] {
        guard let before else { return isUsual ? [] : sentences }
        if let occasion, occasion == before.occasion { return [] }
        var known: [String: Int] = [:]
        for sentence in before.sentences { known[sentence, default: 0] += 1 }
        return sentences.filter { sentence in
            guard let count = known[sentence], count > 0 else { return true }
            known[sentence] = count - 1
            return false
        }
    }
}
