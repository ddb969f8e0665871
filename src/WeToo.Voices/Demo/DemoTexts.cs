using WeToo.Voices.Features.Pieces;

namespace WeToo.Voices.Demo;

/// <summary>What the demonstration says. People and places in it are made up.</summary>
internal static class DemoTexts
{
    internal static readonly (string Language, string Slug, Draft Draft)[] Letter =
    [
        ("en", "two-working-days", new("Two working days",
            """
            To everybody who leads a team in our trade: kitchens, stages, wards, warehouses, labs.

            Most of us have told somebody once. What came back was a long quiet. In the quiet we learned that it was better not to have said anything. It does not take bad people to do that; it takes a manager with a full week and no idea what to do first.

            So we ask for four things. They cost no money.

            1. **Answer within two working days.** Not with a result. With a name, a time to talk, and the number of an advice line outside the house.

            2. **Ask what she wants, and write it down in her words.** Not what you would want in her place.

            3. **Ask again after one, three and six months** whether anything has come back at her: shifts, jokes, the next contract.

            4. **Publish each year what you did**: how many came, how fast you answered, how it ended. Numbers under ten as "fewer than ten".

            ?> Which of the four would be hardest where you work, and why?

            Whoever signs stands behind the whole and may still disagree with a point: say so on the point itself.
            """)
        { Summary = "Four things we ask of everybody who leads a team. They cost no money.", Byline = "The night shift (made up)" }),
        ("fr", "deux-jours-ouvres", new("Deux jours ouvrés",
            """
            À toutes les personnes qui dirigent une équipe dans nos métiers : cuisines, scènes, services de soin, entrepôts, laboratoires.

            La plupart d’entre nous l’ont dit une fois à quelqu’un. En retour est venu un long silence. Dans ce silence, nous avons appris qu’il valait mieux n’avoir rien dit. Il n’y faut pas de mauvaises gens ; il suffit d’une semaine pleine et de ne pas savoir par où commencer.

            Nous demandons donc quatre choses. Elles ne coûtent rien.

            1. **Répondre en deux jours ouvrés.** Pas avec un résultat. Avec un nom, une heure pour parler et le numéro d’une ligne de conseil hors de la maison.

            2. **Demander ce qu’elle veut, et l’écrire avec ses mots.** Pas ce que vous voudriez à sa place.

            3. **Redemander après un, trois et six mois** si quelque chose lui est revenu : horaires, plaisanteries, contrat suivant.

            4. **Publier chaque année ce que vous avez fait** : combien sont venues, en combien de temps vous avez répondu, comment cela a fini. En dessous de dix, « moins de dix ».

            ?> Laquelle des quatre serait la plus difficile là où vous travaillez, et pourquoi ?

            Qui signe soutient le tout et peut contredire un point : dites-le au point lui-même.
            """)
        { Summary = "Quatre choses que nous demandons à qui dirige une équipe. Elles ne coûtent rien.", Byline = "L’équipe de nuit (inventée)" }),
        ("es", "dos-dias-laborables", new("Dos días laborables",
            """
            A quienes dirigen un equipo en nuestros oficios: cocinas, escenarios, hospitales, almacenes, laboratorios.

            Casi todas lo contamos una vez a alguien. Lo que volvió fue un largo silencio. En él aprendimos que era mejor no haber dicho nada.

            Por eso pedimos cuatro cosas. No cuestan dinero.

            1. **Responder en dos días laborables.** No con un resultado. Con un nombre, una hora para hablar y el número de una línea de consejo de fuera.

            2. **Preguntar qué quiere ella, y escribirlo con sus palabras.**

            3. **Volver a preguntar al mes, a los tres y a los seis meses** si algo se ha vuelto contra ella: turnos, bromas, el próximo contrato.

            4. **Publicar cada año lo que se hizo**: cuántas vinieron, en cuánto tiempo se respondió, cómo acabó.

            ?> ¿Cuál de las cuatro sería la más difícil donde usted trabaja, y por qué?
            """)
        { Summary = "Cuatro cosas que pedimos a quien dirige un equipo. No cuestan dinero.", Byline = "El turno de noche (inventado)" }),
        ("ar", "يوما-عمل", new("يوما عمل",
            """
            إلى كل من يقود فريقًا في مهننا: المطابخ والمسارح والمستشفيات والمستودعات والمختبرات.

            أكثرنا قال ذلك لأحد مرةً. وما عاد إليه كان صمتًا طويلًا. وفي الصمت تعلّمنا أنه كان أفضل ألا نقول شيئًا.

            لذلك نطلب أربعة أمور، ولا تكلّف مالًا.

            1. **أجيبوا في يومي عمل.** ليس بنتيجة، بل باسمٍ وموعدٍ للحديث ورقم خط مشورة خارج المؤسسة.

            2. **اسألوها ماذا تريد، واكتبوه بكلماتها.**

            3. **اسألوا مرة أخرى بعد شهر وثلاثة وستة أشهر** هل ارتدّ عليها شيء: المناوبات أو المزاح أو العقد التالي.

            4. **انشروا كل عام ما فعلتم**: كم جاؤوا، وفي كم من الوقت أجبتم، وكيف انتهى الأمر.

            ?> أي الأربعة أصعب حيث تعمل، ولماذا؟
            """)
        { Summary = "أربعة أمور نطلبها من كل من يقود فريقًا، ولا تكلّف مالًا.", Byline = "مناوبة الليل (غير حقيقية)" }),
    ];

    internal static readonly (string Language, string Slug, Draft Draft)[] Article =
    [
        ("en", "from-me-too-to-we-too", new("From “me too” to “we too”",
            """
            Two words made a crowd visible. They did it with what people had: a first person, and the courage to use it in front of everybody. What the two words could not do is count. Nobody knew who else meant the same office, the same tour bus, the same name.

            ## What a hashtag can do

            It lets people find each other without an organiser. It needs no form, and nobody has to be believed first. In other languages it took other words, and they are not the same: *me too* puts a hand up, *balance ton porc* points a finger, *yo también* takes a seat at a table. We list them as counterparts, not as translations.

            ## What it cannot do

            - It cannot keep a secret until there are enough.
            - It cannot tell one person that she is the third.
            - It cannot take anything back. What was said in a storm stays said.

            > It has been one word against another, and it was always the strongest who would win.

            So there are two sides to this work. One is quiet, and this page does not lead there. The other is this one: letters with points that can be argued about one by one, and stories whose authors decide whether anybody may answer.

            ?> What did the hashtag change where you live, and what did it not?

            ## How to read here

            Select a sentence to answer it. Choose what kind of answer it is: that you agree, that you do not, that you have a question or know a fact. A stance is no vote and no signature, and it does not look like one.
            """)
        { Summary = "Two words made a crowd visible. What they could not do is count.", Byline = "Editors of the demonstration" }),
        ("fr", "de-moi-aussi-a-nous-aussi", new("De « moi aussi » à « nous aussi »",
            """
            Deux mots ont rendu une foule visible. Ils l’ont fait avec ce que l’on avait : une première personne, et le courage de s’en servir devant tout le monde. Ce que ces deux mots ne pouvaient pas faire, c’est compter.

            ## Ce que peut un hashtag

            Il permet de se trouver sans que personne organise. Dans d’autres langues il a pris d’autres mots, et ce ne sont pas les mêmes : *me too* lève la main, *balance ton porc* pointe du doigt. Nous les donnons comme équivalents, pas comme traductions.

            ## Ce qu’il ne peut pas

            - Garder un secret jusqu’à ce que l’on soit assez.
            - Dire à quelqu’un qu’elle est la troisième.
            - Reprendre ce qui a été dit.

            ?> Qu’est-ce que le hashtag a changé là où vous vivez, et quoi non ?
            """)
        { Summary = "Deux mots ont rendu une foule visible. Compter, ils ne le pouvaient pas.", Byline = "La rédaction de la démonstration" }),
    ];

    internal static readonly (string Language, string Slug, Draft Draft)[] Story =
    [
        ("en", "the-late-tram", new("The late tram",
            """
            I changed my way home for two years. Nobody asked why I took the late tram, which goes round by the river and needs forty minutes more.

            Then a new colleague asked. She did not ask what had happened. She asked whether I would like company on the tram, and we talked about her cat.

            It was the first useful thing anybody did.
            """)
        { Summary = "", Byline = "L. (made up)", Note = "being followed home from work" }),
    ];

    internal static readonly (string Language, string Slug, Draft Draft)[] Silence =
    [
        ("en", "what-to-say-first", new("What to say first",
            """
            Somebody tells you. You have about ten seconds before your face has answered for you. Three sentences fit into them:

            - "Thank you for telling me."
            - "What would you like to happen now, if anything?"
            - "I will not do anything without asking you."

            That is all. The advice, the outrage, the story of your own can wait until you are asked for them.
            """)
        { Summary = "Three sentences that fit into ten seconds.", Byline = "Editors of the demonstration" }),
    ];
}
