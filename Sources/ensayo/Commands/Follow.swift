import ArgumentParser
import Workshop

/// `ensayo follow`: a presentation, on one's own terminal.
struct Follow: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Follow a presentation on your own terminal.",
        discussion: """
            The address and the code stand on the presenter's screen. Your terminal keeps
            its own size and language. D leaves the live session at this very moment, to
            try things out alone; D again comes back.

              ensayo follow 192.0.2.7:4747 --code KXWQPT
              ensayo follow localhost --code KXWQPT --language es

            Nothing is written on this machine.
            """)

    @ArgumentParser.Argument(help: "The presenter's machine: HOST or HOST:PORT.")
    var host: String

    @Option(help: "The code on the presenter's screen.")
    var code: String

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try Installation.find()
        let entrance = try Entrance(HostPort(host), code: code, role: .follower)
        try WorkshopSession(installation, display).follow(entrance)
    }
}
