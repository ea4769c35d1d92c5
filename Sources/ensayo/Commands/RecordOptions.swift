import ArgumentParser

/// Whether a student's session is written down.
struct RecordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Record the session for 'ensayo replay'.",
            discussion: "A recorded session begins afresh and leaves your progress alone.", valueName: "file"),
        completion: .file())
    var record: String?
}
