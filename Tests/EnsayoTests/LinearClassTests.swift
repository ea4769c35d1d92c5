import Foundation
import TestPrograms
import Testing

/// A class that is told: the presenter, the notes and a follower, each a program of its own.
@Suite struct LinearClassTests {
    /// What was said by whom.
    private struct Told {
        var presenter: String
        var notes: String
        var follower: String
        /// The exit status of each.
        var status: String
    }

    /// - Parameters:
    ///   - input: where the notes and the follower read what is typed.
    ///   - acts: types into the presentation; `hears WORDS FILE` waits for what somebody says.
    private func teach(input: String = "/dev/null", _ acts: String) throws -> Told {
        let ensayo = try Ensayo()
        let script = """
            hears() { for i in {1..600}; do grep -qs "$1" "$2" && return; sleep 0.1; done; echo "no $1 in $2" >&2; }
            mkfifo keys
            "$0" present orchestration --linear --share < keys > present.out & presenter=$!
            exec 3> keys
            for i in {1..600}; do class=$(echo state/ensayo/classes/*); [ -s "$class" ] && break; sleep 0.1; done
            { read address; read secret; read code; } < $class
            "$0" notes --linear < \(input) > notes.out 2>&1 & notes=$!
            "$0" follow $address --code $code --linear --language es < \(input) > follow.out 2>&1 & follower=$!
            hears 'Sigues a quien presenta' follow.out; hears 'Watch for' notes.out
            \(acts)
            wait $presenter; echo "present $?"; wait $notes; echo "notes $?"; wait $follower; echo "follow $?"
            """
        let outcome = try Program.run(
            "/usr/bin/env", ["-C", ensayo.folder.path("."), "bash", "-c", script, ensayo.binary],
            environment: ensayo.environment)
        #expect(outcome.errors == "")
        return Told(
            presenter: try ensayo.folder.text("present.out"), notes: try ensayo.folder.text("notes.out"),
            follower: try ensayo.folder.text("follow.out"), status: outcome.output)
    }

    /// Neither has a keyboard: they tell on until the presentation ends, and leave by themselves.
    @Test func everyoneHearsTheLessonToItsEnd() throws {
        let told = try teach(
            """
            printf 'n\\n' >&3; hears 'Three calls' notes.out; hears 'Tres llamadas' follow.out
            printf 'n\\nn\\n' >&3; hears 'All at once' notes.out; hears 'Todas a la vez' follow.out
            printf '2 2\\n' >&3; hears '2 manos' follow.out; hears '2 hands' notes.out
            printf 'q\\n1\\n' >&3
            """)
        #expect(told.status == "present 0\nnotes 0\nfollow 0\n", "\(told)")
        #expect(told.presenter.contains("The code, letter by letter:"))
        #expect(told.presenter.contains("Answer 2: 2 hands."), "\(told.presenter)")
        #expect(told.follower.contains("La presentación ha terminado"), "\(told.follower)")
        #expect(told.notes.contains("The presentation is over"), "\(told.notes)")
        // What is said is plain, and short enough for a line.
        for text in [told.presenter, told.notes, told.follower] {
            #expect(!text.contains("\u{1b}") && text.split(separator: "\n").allSatisfy { $0.count < 80 })
        }
    }

    /// A signal is the wish to leave, even where nothing is typed.
    @Test func aSignalEndsWhoOnlyListens() throws {
        let told = try teach("kill -TERM $notes $follower; printf 'q\\n1\\n' >&3")
        #expect(told.status == "present 0\nnotes 143\nfollow 143\n", "\(told)")
    }
}
