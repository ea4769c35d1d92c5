/// What takes the keys instead of the sandbox's tree: something being typed, a list, a question.
enum SandboxInput: Sendable {
    case leaving
}
