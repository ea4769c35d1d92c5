/// What can be told in sentences: a screen, an overlay, a picture. For people who hear the workshop.
///
/// Sentences hold no drawing and no hint at colour or place. Each is whole: it can be read alone, and in order.
public protocol Spoken {
    func spoken(_ language: Language) -> [String]
}
