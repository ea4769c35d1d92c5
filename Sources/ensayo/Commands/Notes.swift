import ArgumentParser
import Workshop

/// `ensayo notes`: what only the presenter should see.
struct Notes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the speaker's notes of a presentation on a second screen.",
        discussion: """
            It follows `ensayo present LESSON --share`: what to say at this step, the
            time, the next step, the answers that the class does not know yet.

              ensayo notes                             on the machine that presents
              ensayo notes 127.0.0.1:4748              there, one of several
              ensayo notes --invite                    what to type on another machine
              ensayo notes 192.0.2.7:4747 --code CODE  on another machine

            The code of the notes is not the one on the presenter's screen.
            """)

    @ArgumentParser.Argument(
        help: "The presenter's machine: HOST or HOST:PORT. Default: this one, with its only presentation.")
    var host: String?

    @Option(help: "The code of the notes.")
    var code: String?

    @Flag(help: "Print the command that shows the notes on another machine.")
    var invite = false

    @OptionGroup var display: DisplayOptions

    func run() throws {
        let place = try host.map { host throws(Failure) in try HostPort(host) }
        if invite {
            let found = try Rendezvous.find(at: place)
            return Output.result("ensayo notes \(found.address.description) --code \(found.codes.notes)")
        }
        let installation = try Installation.find()
        let entrance: Entrance
        if let place, let code {
            entrance = try Entrance(place, code: code, role: .notes)
        } else {
            let found = try Rendezvous.find(at: place)
            entrance = try Entrance(found.address, code: code ?? found.codes.notes, role: .notes)
        }
        try WorkshopSession(installation, display).showNotes(entrance)
    }
}
