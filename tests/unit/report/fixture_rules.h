/* fixture_rules.h - the criteria of the fixture: FIXTURE_RULE rows; see fixture.c.
 *
 * id, dimension, impact, confidence, effort, question, fact, fail per cent of the pages,
 * criterion en, fr, found en, fr, fix en, fr. SPDX-License-Identifier: MIT */
#define ERGO DIMENSION_ERGONOMICS
#define LAW  DIMENSION_TRUST_LEGAL
#define A11Y DIMENSION_ACCESSIBILITY

FIXTURE_RULE("checkout-no-surprise", ERGO, BLOCKER, MEDIUM, TEMPLATE, "unfinished-sales",
             "checkout.surprise_cost", 100, "The final total is the one announced",
             "Le total final est celui qui était annoncé",
             "{value} more than announced is asked at the end",
             "{value} de plus qu'annoncé sont demandés à la fin",
             "State the delivery cost on the product page and in the basket.",
             "Annoncer le port sur la fiche et dans le panier.")
FIXTURE_RULE("cart-shipping-estimate", ERGO, MAJOR, HIGH, TEMPLATE, "unfinished-sales",
             "cart.delivery_cost_shown", 100, "The basket announces the delivery cost",
             "Le panier annonce le prix de la livraison",
             "The basket says nothing of delivery", "Le panier ne dit rien de la livraison",
             "Write the delivery cost, or the rule for it, above the basket's total.",
             "Écrire le prix de la livraison, ou sa règle, au-dessus du total du panier.")
FIXTURE_RULE("cart-add-works", ERGO, BLOCKER, HIGH, TEMPLATE, "unfinished-sales",
             "cart.add_worked", 0, "A product can be put into the basket",
             "Un produit peut être mis au panier", "The basket stays empty",
             "Le panier reste vide", "Repair the button.", "Réparer le bouton.")
FIXTURE_RULE("checkout-guest", ERGO, MAJOR, HIGH, TEMPLATE, "unfinished-sales",
             "checkout.guest", 0, "One can order without an account",
             "On peut commander sans compte", "An account is required",
             "Un compte est exigé", "Offer to order as a guest.",
             "Proposer de commander sans compte.")
FIXTURE_RULE("search-typo", ERGO, MAJOR, MEDIUM, TEMPLATE, "unsold-product",
             "search.typo_results", 0, "A mistyped word still finds products",
             "Un mot mal tapé trouve encore des produits", "One wrong letter finds nothing",
             "Une lettre fausse ne trouve rien", "Tolerate one wrong letter.",
             "Tolérer une lettre fausse.")
FIXTURE_RULE("nav-home-link", ERGO, MAJOR, HIGH, TEMPLATE, "", "", 0,
             "Every page leads back to the first", "Chaque page ramène à l'accueil", "", "",
             "Do it.", "Le faire.")
FIXTURE_RULE("nav-main-present", ERGO, MAJOR, HIGH, TEMPLATE, "", "", 0,
             "A main menu leads to the categories", "Un menu principal mène aux rayons", "",
             "", "Do it.", "Le faire.")
FIXTURE_RULE("cart-editable", ERGO, MAJOR, HIGH, TEMPLATE, "", "", 0,
             "The basket's quantity can be changed",
             "La quantité du panier peut être changée", "", "", "Do it.", "Le faire.")
FIXTURE_RULE("form-errors-beside", ERGO, MAJOR, HIGH, TEMPLATE, "", "", 0,
             "Errors are told beside the field", "Les erreurs sont dites à côté du champ",
             "", "", "Do it.", "Le faire.")
FIXTURE_RULE("product-price-visible", ERGO, MAJOR, HIGH, TEMPLATE, "", "", 0,
             "The price stands beside the name", "Le prix est à côté du nom", "", "",
             "Do it.", "Le faire.")
FIXTURE_RULE("search-present", ERGO, MAJOR, HIGH, TEMPLATE, "", "", 0,
             "A search box is on every page", "Un champ de recherche est sur chaque page",
             "", "", "Do it.", "Le faire.")
FIXTURE_RULE("nav-error-page-useful", ERGO, MINOR, HIGH, TEMPLATE, "", "", -2,
             "The missing page offers ways on", "La page absente propose une suite", "", "",
             "Keep menu and search.", "Garder le menu et la recherche.")
FIXTURE_RULE("speed-ttfb", DIMENSION_SPEED, MAJOR, MEDIUM, ARCHITECTURE, "early-leavers",
             "", 40, "The server begins to answer within 0.8 s",
             "Le serveur commence à répondre en 0,8 s",
             "The server takes {value} to begin its answer",
             "Le serveur met {value} à commencer sa réponse",
             "Cache the pages that do not depend on the visitor.",
             "Mettre en cache les pages qui ne dépendent pas du visiteur.")
FIXTURE_RULE("speed-html-total", DIMENSION_SPEED, MAJOR, MEDIUM, TEMPLATE, "", "", 0,
             "The HTML arrives within 1 s", "Le HTML arrive en 1 s", "", "", "Compress it.",
             "Le compresser.")
FIXTURE_RULE("speed-lcp", DIMENSION_SPEED, BLOCKER, MEDIUM, TEMPLATE, "early-leavers", "",
             -1, "Main content is painted within 2.5 s",
             "Le contenu principal s'affiche en 2,5 s", "", "", "Load the picture first.",
             "Charger la photo d'abord.")
FIXTURE_RULE("product-photos", DIMENSION_ATTRACTIVENESS, MAJOR, HIGH, TEMPLATE,
             "unsold-product", "", 0, "Three pictures or more show the product",
             "Trois photos ou plus montrent le produit", "", "", "Add pictures.",
             "Ajouter des photos.")
FIXTURE_RULE("product-description", DIMENSION_ATTRACTIVENESS, MAJOR, MEDIUM, WORDING,
             "unsold-product", "", 50, "The description is the product's own",
             "La description est propre au produit",
             "{count} of {total} {total|page shares|pages share} their description",
             "{count} {count|fiche partage|fiches partagent} leur description sur {total}",
             "Write three sentences of its own for each product.",
             "Écrire trois phrases propres à chaque produit.")
FIXTURE_RULE("inter-reviews", DIMENSION_INTERACTIVITY, MINOR, MEDIUM, TEMPLATE, "no-return",
             "", 0, "Buyers' opinions can be read", "On peut lire l'avis des acheteurs", "",
             "", "Show opinions.", "Montrer les avis.")
FIXTURE_RULE("contact-delay", DIMENSION_INTERACTIVITY, MAJOR, HIGH, WORDING, "no-return",
             "help.response_delay_shown", 100, "A response time is promised",
             "Un délai de réponse est promis", "No response time is promised",
             "Aucun délai de réponse n'est promis",
             "Write “we answer within one working day” beside the form.",
             "Écrire « réponse sous un jour ouvré » à côté du formulaire.")
FIXTURE_RULE("legal-cookies-before", LAW, BLOCKER, MEDIUM, TEMPLATE, "",
             "cookies.before_choice", 100, "No tracker before the visitor's choice",
             "Aucun traceur avant le choix du visiteur",
             "{value} {value|cookie was|cookies were} set before any choice",
             "{value} {value|cookie a été déposé|cookies ont été déposés} avant tout choix",
             "Load `audience.js` only after consent.",
             "Ne charger `audience.js` qu'après le consentement.")
FIXTURE_RULE("legal-notice-link", LAW, MAJOR, HIGH, WORDING, "", "", 0,
             "The legal notice is linked from every page",
             "Les mentions légales sont liées depuis chaque page", "", "", "Link it.",
             "La lier.")
FIXTURE_RULE("legal-mediator", LAW, MAJOR, MEDIUM, WORDING, "", "", -1,
             "A consumer mediator is named", "Un médiateur de la consommation est nommé",
             "", "", "Name the mediator.", "Nommer le médiateur.")
FIXTURE_RULE("a11y-image-alt", A11Y, MAJOR, HIGH, TEMPLATE, "", "", 60,
             "Pictures have a text alternative", "Les images ont un texte de remplacement",
             "{count} of {total} {total|picture has|pictures have} no text alternative",
             "{count} {count|image est|images sont} sans texte de remplacement sur {total}",
             "Give each picture an `alt` that says what it shows.",
             "Donner à chaque image un `alt` qui dit ce qu'elle montre.")
FIXTURE_RULE("a11y-lang", A11Y, MAJOR, HIGH, WORDING, "", "", 0, "The language is declared",
             "La langue est déclarée", "", "", "Set lang.", "Indiquer lang.")
FIXTURE_RULE("a11y-field-label", A11Y, BLOCKER, HIGH, TEMPLATE, "unfinished-sales", "", 0,
             "Fields have labels", "Les champs ont une étiquette", "", "", "Label them.",
             "Les étiqueter.")
FIXTURE_RULE("seo-title", DIMENSION_SEO, MAJOR, HIGH, WORDING, "", "", 0,
             "Every page has a title of its own", "Chaque page a son propre titre", "", "",
             "Title them.", "Les titrer.")
FIXTURE_RULE("seo-meta-description", DIMENSION_SEO, MINOR, MEDIUM, WORDING, "", "", 30,
             "Pages have a meta description", "Les pages ont une méta-description", "", "",
             "Describe them.", "Les décrire.")
FIXTURE_RULE("tech-hsts", DIMENSION_TECHNICAL, MAJOR, HIGH, WORDING, "", "", -2,
             "The browser is told to stay on HTTPS",
             "Le navigateur est prié de rester en HTTPS", "", "", "Send the header.",
             "Envoyer l'en-tête.")
FIXTURE_RULE("tech-link-internal", DIMENSION_TECHNICAL, MAJOR, HIGH, WORDING, "", "", 0,
             "Internal links lead somewhere", "Les liens internes mènent quelque part", "",
             "", "Mend the links.", "Corriger les liens.")
FIXTURE_RULE("eco-transfer", DIMENSION_ECO, MINOR, MEDIUM, TEMPLATE, "", "", 70,
             "A page weighs 1 MB or less", "Une page pèse 1 Mo ou moins",
             "The heaviest pages weigh {value}",
             "Les pages les plus lourdes pèsent {value}", "Compress the pictures.",
             "Compresser les images.")

#undef ERGO
#undef LAW
#undef A11Y
