/// What Mermaid 11.12.0's own parser makes of some texts, recorded once: `nil` where it refuses them.
enum MermaidAnswers {
    static let recorded: [(text: String, answer: [String]?)] = [
        (
            """
            sequenceDiagram
                Alice->>John: Hello John, how are you?
                John-->>Alice: Great!
            """,
            [
                "participant Alice = Alice",
                "participant John = John",
                "Alice ->> John: Hello John, how are you?",
                "John -->> Alice: Great!",
            ]
        ),
        (
            """
            sequenceDiagram
            participant A as Alice
            actor J as John
            A->>J: hi
            participant A as Alicia
            """,
            [
                "participant A = Alicia",
                "actor J = John",
                "A ->> J: hi",
            ]
        ),
        (
            """
            sequenceDiagram
            A->B: 1
            A-->B: 2
            A->>B: 3
            A-->>B: 4
            A<<->>B: 5
            A<<-->>B: 6
            A-xB: 7
            A--xB: 8
            A-)B: 9
            A--)B: 10
            """,
            [
                "participant A = A",
                "participant B = B",
                "A -> B: 1",
                "A --> B: 2",
                "A ->> B: 3",
                "A -->> B: 4",
                "A <<->> B: 5",
                "A <<-->> B: 6",
                "A -x B: 7",
                "A --x B: 8",
                "A -) B: 9",
                "A --) B: 10",
            ]
        ),
        (
            """
            sequenceDiagram
            A ->> +B : ask ; B -->> -A : answer
            activate A
            activate A
            deactivate A
            deactivate A
            """,
            [
                "participant A = A",
                "participant B = B",
                "A ->> B: ask",
                "activate B",
                "B -->> A: answer",
                "deactivate B",
                "activate A",
                "activate A",
                "deactivate A",
                "deactivate A",
            ]
        ),
        (
            "sequenceDiagram\r\n\tA->>B: crlf\r\n\tNote right of B: tab\r\n",
            [
                "participant A = A",
                "participant B = B",
                "A ->> B: crlf",
                "note right B: tab",
            ]
        ),
        (
            """
            sequenceDiagram
            NOTE OVER A,B: both
            note Left Of A: left
            Note over C: one<br/>two<br>three<br />four
            """,
            [
                "participant A = A",
                "participant B = B",
                "participant C = C",
                "note over A,B: both",
                "note left A: left",
                "note over C: one<br/>two<br/>three<br/>four",
            ]
        ),
        (
            """
            sequenceDiagram
            loop 3 times
            A->>B: x
            end
            alt ok
            A->>B: y
            else failed
            B->>A: z
            else
            end
            opt maybe
            end
            """,
            [
                "participant A = A",
                "participant B = B",
                "loop 3 times",
                "A ->> B: x",
                "end",
                "alt ok",
                "A ->> B: y",
                "else failed",
                "B ->> A: z",
                "else ",
                "end",
                "opt maybe",
                "end",
            ]
        ),
        (
            """
            sequenceDiagram
            par one
            A->>B: 1
            and two
            A->>C: 2
            and
            A->>D: 3
            end
            par_over over
            A->>B: 4
            end
            """,
            [
                "participant A = A",
                "participant B = B",
                "participant C = C",
                "participant D = D",
                "par one",
                "A ->> B: 1",
                "and two",
                "A ->> C: 2",
                "and ",
                "A ->> D: 3",
                "end",
                "par_over over",
                "A ->> B: 4",
                "end",
            ]
        ),
        (
            """
            sequenceDiagram
            critical save
            A->>B: x
            option timeout
            A->>A: log
            option
            end
            break when full
            A-->>B: stop
            end
            rect rgb(0, 255, 0)
            A->>B: in colour
            end
            """,
            [
                "participant A = A",
                "participant B = B",
                "critical save",
                "A ->> B: x",
                "option timeout",
                "A ->> A: log",
                "option ",
                "end",
                "break when full",
                "A -->> B: stop",
                "end",
                "rect rgb(0, 255, 0)",
                "A ->> B: in colour",
                "end",
            ]
        ),
        (
            """
            sequenceDiagram
            box Aqua Group one
            participant A
            actor B
            end
            box rgb(33,66,99) Two
            participant C
            end
            box Another group
            participant D
            end
            box transparent Aqua
            participant E
            end
            box
            participant F
            end
            A->>F: x
            """,
            [
                "participant A = A",
                "actor B = B",
                "participant C = C",
                "participant D = D",
                "participant E = E",
                "participant F = F",
                "box Aqua Group one: A,B",
                "box rgb(33,66,99) Two: C",
                "box transparent Another group: D",
                "box transparent Aqua: E",
                "box transparent : F",
                "A ->> F: x",
            ]
        ),
        (
            """
            sequenceDiagram
            A->>B: x
            create participant C as Carl
            B->>C: born
            create actor D as D<br/>Donald
            C->>D: hi
            destroy C
            B-xC: bye
            destroy D
            D->>A: I am gone
            """,
            [
                "participant A = A",
                "participant B = B",
                "participant C = Carl",
                "actor D = D<br/>Donald",
                "A ->> B: x",
                "create C",
                "B ->> C: born",
                "create D",
                "C ->> D: hi",
                "destroy C",
                "B -x C: bye",
                "destroy D",
                "D ->> A: I am gone",
            ]
        ),
        (
            """
            sequenceDiagram
            autonumber
            A->>B: 1
            autonumber off
            A->>B: 2
            autonumber 10
            A->>B: 3
            autonumber 10 5
            A->>B: 4
            """,
            [
                "participant A = A",
                "participant B = B",
                "autonumber",
                "A ->> B: 1",
                "autonumber off",
                "A ->> B: 2",
                "autonumber 10 1",
                "A ->> B: 3",
                "autonumber 10 5",
                "A ->> B: 4",
            ]
        ),
        (
            """
            sequenceDiagram
            title: Checkout
            accTitle: Short; #1
            accDescr: One line
            A->>B: x
            """,
            [
                "title Checkout",
                "accTitle Short; #1",
                "accDescr One line",
                "participant A = A",
                "participant B = B",
                "A ->> B: x",
            ]
        ),
        (
            """
            sequenceDiagram
            title Checkout again
            accDescr {
              several
              lines
            }
            A->>B: x
            """,
            [
                "title Checkout again",
                "accDescr several<br/>lines",
                "participant A = A",
                "participant B = B",
                "A ->> B: x",
            ]
        ),
        (
            """
            sequenceDiagram
            A->>B: 50#59; #35;1 #quot;x#quot; #9829; #lt;b#gt; # a comment
            A->>B: done # comment
            """,
            [
                "participant A = A",
                "participant B = B",
                "A ->> B: 50; #1 \"x\" ♥ <b>",
                "A ->> B: done",
            ]
        ),
        (
            """
            sequenceDiagram
            participant web shop as Web shop (EU)
            web shop->>api-gateway: a
            api-gateway-->>web shop: b
            Ñandú->>日本: c
            """,
            [
                "participant web shop = Web shop (EU)",
                "participant api-gateway = api-gateway",
                "participant Ñandú = Ñandú",
                "participant 日本 = 日本",
                "web shop ->> api-gateway: a",
                "api-gateway -->> web shop: b",
                "Ñandú ->> 日本: c",
            ]
        ),
        (
            """
            sequenceDiagram
            participant A
            links A: {"Dashboard": "https://d.example/a", "Wiki": "https://w.example"}
            link A: Alerts @ https://a.example
            properties A: {"class": "x"}
            A->>A: self
            """,
            [
                "participant A = A",
                "link Dashboard @ https://d.example/a",
                "link Wiki @ https://w.example",
                "link Alerts @ https://a.example",
                "A ->> A: self",
            ]
        ),
        (
            """
            sequenceDiagram
            A->>B:wrap: wrapped
            A->>B: nowrap: not
            participant C as wrap:Long label
            Note over C:wrap:text
            A->>B:
            """,
            [
                "participant A = A",
                "participant B = B",
                "participant C = Long label",
                "A ->> B: wrapped",
                "A ->> B: not",
                "note over C: text",
                "A ->> B: ",
            ]
        ),
        (
            """
            sequenceDiagram
            participant A@{ "type": "database" }
            participant B@{ "type" : "queue" }
            actor C
            A->>B: x
            B->>C: y
            """,
            [
                "database A = A",
                "queue B = B",
                "actor C = C",
                "A ->> B: x",
                "B ->> C: y",
            ]
        ),
        (
            """
            sequenceDiagram
            participant end
            participant a as b
            activate a
            a->>a: x: y, z - w
            deactivate a
            """,
            [
                "participant end = end",
                "participant a = b",
                "activate a",
                "a ->> a: x: y, z - w",
                "deactivate a",
            ]
        ),
        (
            """
            sequenceDiagram; A->>B: x; loop twice; A->>B: y; end
            """,
            [
                "participant A = A",
                "participant B = B",
                "A ->> B: x",
                "loop twice",
                "A ->> B: y",
                "end",
            ]
        ),
        (
            """
            sequenceDiagram
            alt a
            A->>+B: x
            else b
            B-->>-A: y
            end
            loop
            rect blue
            par
            A->>B: deep
            end
            end
            end
            """,
            [
                "participant A = A",
                "participant B = B",
                "alt a",
                "A ->> B: x",
                "activate B",
                "else b",
                "B -->> A: y",
                "deactivate B",
                "end",
                "loop ",
                "rect blue",
                "par ",
                "A ->> B: deep",
                "end",
                "end",
                "end",
            ]
        ),
        (
            """
            sequenceDiagram


               A->>B:   spaces round the text   

            ;;
            """,
            [
                "participant A = A",
                "participant B = B",
                "A ->> B: spaces round the text",
            ]
        ),
        (
            """
            sequenceDiagram
            participant A as Alice & Bob's "shop" [x] {y}
            A->>A: {"json": [1, 2]}
            """,
            [
                "participant A = Alice & Bob's \"shop\" [x] {y}",
                "A ->> A: {\"json\": [1, 2]}",
            ]
        ),
        (
            """
            sequenceDiagram
            end
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            loop x
            A->>B: y
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A->>B
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A=>B: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            deactivate A
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A-->>-B: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A->>+B: x
            B-->>-A: y
            B-->>-A: z
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A->>B: x
            create participant B
            A->>B: y
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            create participant C
            A->>B: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A->>B: x
            A->>C: x
            destroy C
            A->>B: y
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            box One
            participant A
            end
            box Two
            participant A
            end
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            box One
            A->>B: x
            end
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            opt x
            else
            end
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            alt x
            and
            end
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            Note A: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            Note over A,B,C: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            autonumber x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            participant
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            participant A: Label
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            end->>A: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A->>loop: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            create A
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            hello
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            A->>: x
            """,
            nil
        ),
        (
            """
            sequenceDiagram
            ->>A: x
            """,
            nil
        ),
    ]
}
