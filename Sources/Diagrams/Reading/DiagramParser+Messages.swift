/// Messages, activations, notes, numbers.
extension DiagramParser {
    mutating func readMessage() throws(DiagramProblem) {
        let start = cursor.index
        let from = try takeSender()
        let arrow = try takeArrow(after: from, from: start)
        cursor.skipBlanks()
        let activates = cursor.take("+")
        let deactivates = !activates && cursor.take("-")
        let receiver = cursor.index
        let to = try takeName("the name of who receives the message")
        cursor.skipBlanks()
        guard cursor.take(":") else {
            let what = found
            throw problem(
                "expected a colon and the message's text after \(to.quoted), not \(what)", from: start,
                suggestion: "write \(from)\(Self.written(arrow))\(to): text")
        }
        let text = DiagramText.label(cursor.takeRest())
        try mention(from, from: start)
        try mention(to, from: receiver)
        try life.message(from: from, to: to)
        if deactivates, !life.deactivate(from) { throw inactive(from, from: start) }
        if activates { life.activate(to) }
        guard messages < DiagramReader.maximumMessages else {
            stop(problem("more than \(DiagramReader.maximumMessages) messages", from: start))
            return
        }
        blocks.append(
            .message(
                Message(
                    number: messages, from: from, to: to, arrow: arrow, text: text, activates: activates,
                    deactivates: deactivates, position: cursor.source.position(start))))
        messages += 1
        count.next &+= count.step
    }

    private mutating func takeSender() throws(DiagramProblem) -> String {
        let start = cursor.index
        let first = String(String.UnicodeScalarView(cursor.text(cursor.word)))
        do {
            return try takeName("a statement")
        } catch {
            guard first.isEmpty else { throw error }
            let what = found
            cursor.advance()
            throw problem(
                "a statement cannot begin with \(what)", from: start,
                suggestion: "messages look like this: A->>B: text")
        }
    }

    /// The arrows, each before those that it begins with.
    static let arrows: [(text: String, arrow: Arrow)] = [
        ("<<-->>", Arrow(.dotted, .both)), ("<<->>", Arrow(.solid, .both)), ("-->>", Arrow(.dotted, .filled)),
        ("->>", Arrow(.solid, .filled)), ("-->", Arrow(.dotted, .none)), ("->", Arrow(.solid, .none)),
        ("--x", Arrow(.dotted, .cross)), ("-x", Arrow(.solid, .cross)), ("--)", Arrow(.dotted, .open)),
        ("-)", Arrow(.solid, .open)),
    ]

    static func written(_ arrow: Arrow) -> String { arrows.first { $0.arrow == arrow }?.text ?? "->>" }

    private mutating func takeArrow(after name: String, from start: Int) throws(DiagramProblem) -> Arrow {
        for (text, arrow) in Self.arrows where cursor.take(text) { return arrow }
        let words = name.split(separator: " ", maxSplits: 1)
        let first = words.first.map(String.init) ?? name
        if let near = Keyword.nearest(to: first), words.count > 1 || cursor.isAtStatementEnd || cursor.next == ":" {
            throw DiagramProblem(
                position: cursor.source.position(start), length: first.unicodeScalars.count,
                message: "\(first.quoted) begins no statement", suggestion: "did you mean \"\(near)\"?")
        }
        // What precedes the place may have been read as the end of the name: `A=>B`.
        let signs = "<>-=|\\/~.()".unicodeScalars
        var place = cursor.index
        while place > start, signs.contains(cursor.source.scalars[place - 1]) { place -= 1 }
        while let next = cursor.next, signs.contains(next) { cursor.advance() }
        let sign = String(String.UnicodeScalarView(cursor.text(place..<cursor.index)))
        if sign.isEmpty {
            let what = found
            throw problem(
                "expected an arrow after \(name.quoted), not \(what)", from: start,
                suggestion: "a call is ->> and its answer -->>")
        }
        throw problem(
            "there is no arrow \(sign.quoted)", from: place,
            suggestion: "arrows: -> --> ->> -->> <<->> <<-->> -x --x -) --)")
    }

    private func inactive(_ id: String, from start: Int) -> DiagramProblem {
        problem(
            "\(id.quoted) is not active here, so that nothing can be ended", from: start,
            suggestion: "write + behind the arrow of a message to it, or activate \(id), before; "
                + "each + allows one -, also when they are in different sections of an alt")
    }

    mutating func readActivation(_ keyword: Keyword, from start: Int) throws(DiagramProblem) {
        let id = try takeDeclaredName(after: keyword.written)
        guard keyword == .deactivate else {
            try mention(id, from: start)
            life.activate(id)
            blocks.append(.activate(id))
            return
        }
        guard life.deactivate(id) else { throw inactive(id, from: start) }
        blocks.append(.deactivate(id))
    }

    mutating func readNote(from start: Int) throws(DiagramProblem) {
        let position = cursor.source.position(start)
        let place = try takePlace(from: start)
        var named = cursor.index
        var ids = [try takeName("the name of a participant")]
        try mention(ids[0], from: named)
        cursor.skipBlanks()
        if place == .over, cursor.take(",") {
            named = cursor.index
            ids.append(try takeName("the name of the second participant"))
            try mention(ids[1], from: named)
            if ids[1] == ids[0] { ids.removeLast() }
            cursor.skipBlanks()
        }
        guard cursor.take(":") else {
            let what = found
            throw problem(
                "expected a colon and the note's text, not \(what)", from: start,
                suggestion: "write Note \(Self.written(place)) \(ids.joined(separator: ",")): text")
        }
        let text = DiagramText.label(cursor.takeRest())
        blocks.append(.note(Note(place: place, participants: ids, text: text, position: position)))
    }

    static func written(_ place: Note.Place) -> String { place == .over ? "over" : "\(place.rawValue) of" }

    private mutating func takePlace(from start: Int) throws(DiagramProblem) -> Note.Place {
        cursor.skipBlanks()
        for place in Note.Place.allCases where cursor.has(place.rawValue) {
            let length = place.rawValue.unicodeScalars.count
            guard cursor.peek(length)?.isWordPart != true else { continue }
            if place == .over {
                cursor.advance(length)
                return place
            }
            let before = cursor
            cursor.advance(length)
            cursor.skipBlanks()
            if cursor.take("of"), cursor.next?.isWordPart != true { return place }
            cursor = before
        }
        cursor.move(to: cursor.word.upperBound)
        throw problem(
            "expected \"over\", \"left of\" or \"right of\" after \"note\"", from: start,
            suggestion: "write Note over A: text")
    }

    mutating func readAutonumber(from start: Int) throws(DiagramProblem) {
        cursor.skipBlanks()
        if cursor.has("off"), cursor.peek(3)?.isWordPart != true {
            cursor.advance(3)
            blocks.append(.autonumber(.off))
            return
        }
        if !cursor.isAtStatementEnd {
            count.next = try takeNumber(from: start)
            cursor.skipBlanks()
            count.step = cursor.isAtStatementEnd ? 1 : try takeNumber(from: start)
        }
        blocks.append(.autonumber(.on(start: count.next, step: count.step)))
    }

    private mutating func takeNumber(from start: Int) throws(DiagramProblem) -> Int {
        let range = cursor.word
        let text = String(String.UnicodeScalarView(cursor.text(range)))
        guard let number = Int(text), number < 1_000_000_000 else {
            let what = found
            cursor.move(to: max(range.upperBound, cursor.index + 1))
            throw problem(
                "expected a number or \"off\" after \"autonumber\", not \(what)", from: start,
                suggestion: "write autonumber 10 5 to count 10, 15, 20")
        }
        cursor.move(to: range.upperBound)
        return number
    }
}
