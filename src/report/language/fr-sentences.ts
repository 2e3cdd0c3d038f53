/**
 * What scenarios say, in French. One sentence a line, however long; in the order of `en-sentences.ts`. Typed as on a
 * keyboard: `french-typography.ts` puts in the blanks that no line ends at.
 */
export const frenchSentences: Readonly<Record<string, string>> = {
  // The reference time: what follows "jusqu'au", so all are masculine
  'reference.system-log': 'dernier événement du journal System',
  'reference.other-logs': 'dernier événement des journaux fournis (sans journal System parmi eux)',
  'reference.last-boot': 'dernier événement conservé avant le dernier démarrage',
  'reference.before-boot': 'moment juste avant le dernier démarrage',
  'reference.nothing-before-boot': "dernier démarrage ; ces journaux n'ont rien gardé d'avant",
  'reference.no-boot': "dernier événement, car aucun enregistrement ne parle d'un démarrage",
  'reference.given': 'moment indiqué, {text}',
  'reference.until': 'terme indiqué avec --until',

  // The picture of the day
  'lane.boots': 'démarrages',
  'lane.triggers': 'échecs',
  'lane.support': 'appuis',
  'lane.heals': 'RDP rétabli',
  'lane.attempts': 'connexions',
  'lane.authenticated': 'authentifiées',
  'lane.logons': 'sessions',

  // One event
  'event.certificate-create-failed': "Le service Bureau à distance n'a pas pu créer son certificat : {status}",
  'event.certificate-replace-failed':
    "Le service Bureau à distance n'a pas pu remplacer son certificat expiré : {status}",
  'event.certificate-made': 'Le service Bureau à distance a créé un nouveau certificat',
  'event.chosen-certificate-unusable': "Le certificat choisi pour l'écouteur RDP est inutilisable",
  'event.session-manager-failed': "Le service Bureau à distance n'a pas pu démarrer : {status}",
  'event.tls-no-private-key': 'Schannel a trouvé un certificat sans clé privée',
  'event.tls-key-unusable': "Schannel n'a pas pu utiliser la clé privée d'un certificat",
  'event.tls-key-unusable-status': "Schannel n'a pas pu utiliser la clé privée d'un certificat : {status}",
  'event.tls-credential-failed': "Schannel n'a pas pu créer d'informations d'identification TLS",
  'event.tls-credential-failed-state':
    "Schannel n'a pas pu créer d'informations d'identification TLS (état d'erreur interne {state})",
  'event.tls-chain-unavailable': "Schannel n'avait pas de certificat convenable, ou n'a pas pu en construire la chaîne",
  'event.tls-no-common-cipher': "Schannel et un client n'avaient aucune suite de chiffrement en commun",
  'event.tls-no-default-credential':
    "Schannel n'a pas trouvé d'informations d'identification de serveur par défaut convenables",
  'event.tls-alert-sent': "Schannel a mis fin à une connexion TLS par l'alerte {alert}",
  'event.transport-refused': 'Le transport du serveur Terminal Server a coupé un client',
  'event.password-refused': "Le nom ou le mot de passe d'un client a été refusé : TLS avait fonctionné",
  'event.connection-attempt': "Un client s'est connecté",
  'event.remote-authenticated': "Un utilisateur s'est authentifié par RDP",
  'event.remote-logon': 'Un utilisateur a ouvert une session par RDP',
  'event.remote-shell-started': "L'interface d'un utilisateur distant a démarré",
  'event.remote-reconnected': "Un utilisateur s'est reconnecté par RDP",
  'event.broker-database-failed': "Le broker de connexions n'a pas pu utiliser sa base de données : {error}",
  'event.redirection-failed': "Un utilisateur n'a pas pu être redirigé par le broker de connexions : {error}",
  'event.broker-joined': 'Ce serveur a rejoint la ferme du broker {broker}',
  'event.redirected': 'Un utilisateur a été redirigé par le broker de connexions',
  'event.broker-trouble': 'Le broker de connexions ou son client a signalé un problème (événement {eventId})',
  'event.service-failed': 'Le service {service} a échoué',
  'event.database-logon-failed': 'Une connexion à la base de données interne Windows a échoué',
  'event.renamed': "L'ordinateur a été renommé de {from} en {to}",

  // How a verdict was reached
  'also.behind-reference':
    'Après la référence, {count} {count|échec relève|échecs relèvent} de {id}, à partir du {since} : avec une fin de fenêtre plus tardive, {count|il est jugé|ils sont jugés}',
  'also.service-failed':
    "Le service Bureau à distance a échoué ou n'a pas démarré {count} fois, la dernière à {last}, et aucune connexion ultérieure n'a été trouvée. Ce n'est aucune des causes recherchées.",
  'rule.trigger': '{count} {count|échec, le|échecs, le dernier le} {last}',
  'rule.trigger-since-worked':
    '{count} {count|échec|échecs} depuis le dernier bon fonctionnement, {count|le|le dernier le} {last}',
  'rule.recovered-only':
    '{count|Le seul échec figure dans un enregistrement récupéré|Tous les échecs figurent dans des enregistrements récupérés} ; aucun enregistrement en usage n’en parle',
  'rule.in-window': 'Le dernier est dans la fenêtre',
  'rule.in-window-corrected':
    "Le dernier, écrit le {own}, n'est dans la fenêtre que selon l'horloge corrigée : le {corrected}",
  'rule.since-boot': 'Le dernier échec est antérieur à la fenêtre, mais postérieur au dernier démarrage, le {start}',
  'rule.after-window-since-boot':
    'Le dernier échec est postérieur à la fenêtre, qui se termine le {end}, et au dernier démarrage, le {start}',
  'rule.after-window':
    "Le dernier échec est postérieur à la fenêtre, qui se termine le {end}, et aucun enregistrement ne dit qu'il date d'après le dernier démarrage",
  'rule.older':
    "Le dernier échec est antérieur à la fenêtre, qui commence le {start}, et n'est pas postérieur au dernier démarrage",
  'rule.older-corrected':
    "Le dernier échec est antérieur à la fenêtre, qui commence le {start}. Il n'y serait que selon l'horloge corrigée, le {corrected} ; mais l'horloge a pu rester arrêtée avec la machine, et Windows a redémarré depuis, le {boot}",
  'rule.healed': 'Le {time}, un enregistrement postérieur prouve que cela fonctionnait de nouveau',
  'rule.not-healed': 'Aucun enregistrement postérieur ne prouve que cela ait fonctionné de nouveau',
  'rule.healing-not-seen':
    "Aucun enregistrement postérieur ne prouve que cela ait fonctionné de nouveau, mais ces canaux n'étaient pas là pour être examinés : {channels}",
  'rule.second-kind':
    "Une seconde sorte d'indices concorde dans le temps : {count} {count|enregistrement|enregistrements}",
  'rule.second-kind-before':
    "Une seconde sorte d'indices concorde ({count} {count|enregistrement|enregistrements}), mais seulement avec des échecs hors de la fenêtre et du dernier démarrage",
  'rule.no-second-kind':
    "Aucune seconde sorte d'indices ne concorde dans le temps : une seule sorte d'événement, même répétée, prouve peu",
  'rule.disk-not-looked-at':
    "Rien n'a été examiné sur le disque : les journaux seuls ne rendent jamais un verdict certain",
  'rule.passed-tls':
    "{count} {count|tentative est allée|tentatives sont allées} jusqu'au mot de passe, {count|le|la dernière le} {last} : TLS a fonctionné pour {count|elle|elles}, l'écouteur n'échoue donc pas toujours, s'il échoue",
  'rule.listeners-own':
    "{count} {count|échec relève|échecs relèvent} de l'écouteur RDP : son processus en est l'appelant, ou un client s'est connecté au plus 2 secondes avant",
  'rule.nobodys':
    "{count} {count|échec|échecs} que rien ne rattache à l'écouteur RDP : aucun appelant n'est nommé et aucun client ne s'est connecté dans les 2 secondes précédentes, ou l'appelant est un processus de service dont on ne sait pas s'il est celui de l'écouteur",
  'rule.anothers':
    "{count} {count|échec relève|échecs relèvent} d'un autre service : l'appelant n'est pas l'écouteur RDP",
  'rule.worked-between':
    'RDP a fonctionné {count} {count|fois|fois} entre deux échecs dans la fenêtre, la dernière le {last} : cela va et vient',
  'rule.state-known': "État d'erreur interne {state} : un protocole interdit par la stratégie a été demandé",
  'rule.state-undocumented': "Le côté ou l'état d'erreur interne n'est pas de ceux dont le sens est connu",
  'rule.renamed': "L'ordinateur a changé de nom après la mise en place du broker",
  'rule.not-renamed': "Aucun enregistrement ne montre que l'ordinateur a été renommé après la mise en place du broker",
  'rule.elsewhere':
    '{count} {count|enregistrement porte|enregistrements portent} ces numéros dans un canal où le broker ne les écrit pas : signalé, non compté',

  // What would make it certain
  'certain.healing-channel':
    "{channel} ne montre ni session ni rétablissement après le dernier échec. Ce canal n'était pas là pour être examiné.",
  'certain.telling-channel':
    "{channel} montre ce qui s'est passé autour des échecs. Ce canal n'était pas là pour être examiné.",

  // What could not be looked at
  'not-evaluated.not-collected': "non examiné : {channel} n'a pas été collecté",
  'not-evaluated.unreadable': "non examiné : {channel} n'a pas pu être lu",
  'not-evaluated.none-readable': "non examiné : aucun de ces canaux n'était là pour être lu : {channels}",

  // listener-key-unusable
  'listener-key-unusable.title': "L'écouteur RDP ne peut pas utiliser sa clé privée",
  'listener-key-unusable.story':
    "Le port répond et le service tourne, mais chaque client est coupé dès le début de TLS : le service Bureau à distance ne peut pas ouvrir la clé privée de son propre certificat. Souvent, personne ne s'en aperçoit avant le renouvellement du certificat, des mois après une modification des autorisations.",
  'listener-key-unusable.looked-for-certificate':
    "échecs de création ou de remplacement du certificat de l'écouteur (RemoteConnectionManager 1057, 1058)",
  'listener-key-unusable.looked-for-schannel':
    "certificats de serveur sans clé utilisable (Schannel 36869, 36870, 36872) qui relèvent de l'écouteur",
  'listener-key-unusable.looked-for-siblings':
    'certificat choisi inutilisable, et échec du démarrage du service (RemoteConnectionManager 1051 à 1055, LocalSessionManager 17)',
  'listener-key-unusable.summary-both':
    "Depuis le {since}, le service Bureau à distance a échoué {count} {count|fois|fois} à créer ou à remplacer son certificat, {count|avec|la dernière avec} « {status} », et Schannel n'a pas pu utiliser la clé privée de l'écouteur {schannel} {schannel|fois|fois}. Aucune session RDP ni aucun nouveau certificat n'a été trouvé ensuite.",
  'listener-key-unusable.summary-certificate':
    "Depuis le {since}, le service Bureau à distance a échoué {count} {count|fois|fois} à créer ou à remplacer son certificat, {count|avec|la dernière avec} « {status} ». Aucune session RDP ni aucun nouveau certificat n'a été trouvé ensuite.",
  'listener-key-unusable.summary-schannel':
    "Depuis le {since}, Schannel n'a pas pu utiliser la clé privée de l'écouteur RDP {schannel} {schannel|fois|fois}. Aucune session RDP ni aucun nouveau certificat n'a été trouvé ensuite.",
  'listener-key-unusable.summary-weak':
    "Depuis le {since}, Schannel a échoué {count} {count|fois|fois} sur un certificat de serveur. Ces enregistrements ne disent pas si c'est celui de l'écouteur RDP, ni si sa clé en est la cause.",
  'listener-key-unusable.summary-sampled':
    "Depuis le {since}, Schannel a échoué sur un certificat de serveur plus souvent qu'il n'en est gardé ici. Les {count} {count|échec examiné est|échecs examinés sont} d'un autre service ; nul n'a examiné si d'autres sont de l'écouteur RDP.",
  'listener-key-unusable.summary-weak-historic':
    "À partir du {since}, Schannel a échoué {count} {count|fois|fois} sur un certificat de serveur, celui de l'écouteur RDP ou un autre. Le {healed}, un enregistrement prouve que RDP a fonctionné.",
  'listener-key-unusable.summary-historic':
    "Entre le {since} et le {last}, l'écouteur RDP n'a pas pu utiliser sa clé privée. Le {healed}, un enregistrement prouve que cela fonctionnait de nouveau.",
  'listener-key-unusable.summary-historic-once':
    "Le {since}, l'écouteur RDP n'a pas pu utiliser sa clé privée. Le {healed}, un enregistrement prouve que cela fonctionnait de nouveau.",
  'listener-key-unusable.summary-refuted':
    "Schannel a échoué {count} {count|fois|fois} sur un certificat de serveur, mais {count|pour|chaque fois pour} un autre service que l'écouteur RDP.",
  'listener-key-unusable.cause':
    'Le service doit lire sa clé privée à chaque connexion. Sans elle, le port est ouvert, et chaque client est coupé dès le début de TLS.',
  'listener-key-unusable.cause-access-denied':
    "Le plus souvent, les comptes des services Bureau à distance n'ont pas le droit de lire le fichier de clé, ou pas celui d'écrire dans le dossier des clés. Windows ne rétablit pas ces autorisations de lui-même.",
  'listener-key-unusable.cause-exists':
    "En général, cela signifie qu'un conteneur de clés de ce nom existe et ne peut pas être ouvert, si bien qu'aucun nouveau ne peut être créé à sa place.",
  'listener-key-unusable.cause-bad-keyset':
    'Le plus souvent, le certificat est là, mais son fichier de clé a disparu ou appartient à un autre MachineGuid, comme après un clonage.',
  'listener-key-unusable.cause-disk-full': 'La nouvelle clé ne peut pas être écrite car le disque est plein.',
  'listener-key-unusable.cause-refuted':
    "Le certificat en échec est celui d'un autre service : il n'empêche personne d'ouvrir une session par RDP.",
  'listener-key-unusable.certain-key-file':
    "MachineKeys\\f686aace6942fb7f7ceb231212eef4a4_<MachineGuid> manque, ou NETWORK SERVICE n'a pas le droit de le lire. Il faut le disque, pas seulement ses journaux.",
  'listener-key-unusable.certain-store':
    "Le certificat du magasin « Remote Desktop » (ruche SOFTWARE) a expiré, ou nomme une clé qui n'existe pas. Il faut le disque, pas seulement ses journaux.",

  // tls-policy-blocks-server
  'tls-policy-blocks-server.title': "La stratégie TLS ne laisse à l'écouteur RDP rien à proposer",
  'tls-policy-blocks-server.story':
    "TLS a été durci jusqu'à ne plus rien laisser que ce Windows puisse proposer : protocoles désactivés dans le Registre, ordre de chiffrement vide, ou FIPS. Schannel ne donne aucune information d'identification à l'écouteur, et aucun client ne dépasse le début de TLS.",
  'tls-policy-blocks-server.looked-for-credential':
    "informations d'identification de serveur qui n'ont pas pu être créées (Schannel 36871, type serveur) ; celles des clients ne sont que du bruit",
  'tls-policy-blocks-server.looked-for-negotiation':
    'négociations sans rien en commun (Schannel 36874 ; 36888 avec alerte 40, 70 ou 71)',
  'tls-policy-blocks-server.summary':
    "Depuis le {since}, Schannel n'a pas pu créer d'informations d'identification TLS pour un serveur {count} {count|fois|fois}. Aucune session RDP n'a été trouvée ensuite.",
  'tls-policy-blocks-server.summary-tied':
    "Depuis le {since}, Schannel n'a pas pu créer d'informations d'identification TLS pour un serveur {count} {count|fois|fois}, dont {tied} pour l'écouteur RDP. Aucune session RDP n'a été trouvée ensuite.",
  'tls-policy-blocks-server.summary-listener':
    "Depuis le {since}, Schannel n'a pas pu créer d'informations d'identification TLS pour l'écouteur RDP {count} {count|fois|fois}. Aucune session RDP n'a été trouvée ensuite.",
  'tls-policy-blocks-server.summary-weak':
    "Depuis le {since}, Schannel n'a pas pu créer d'informations d'identification TLS {count} {count|fois|fois}. Le côté ou l'état d'erreur n'est pas de ceux dont le sens est connu : il peut y avoir une autre raison.",
  'tls-policy-blocks-server.summary-sampled':
    "Depuis le {since}, Schannel n'a pas pu créer d'informations d'identification TLS pour un serveur plus souvent qu'il n'en est gardé ici. Les {count} {count|échec examiné est|échecs examinés sont} d'un autre service ; nul n'a examiné si d'autres sont de l'écouteur RDP.",
  'tls-policy-blocks-server.summary-historic':
    "Entre le {since} et le {last}, Schannel n'a pas pu créer d'informations d'identification TLS pour un serveur. Le {healed}, un enregistrement prouve que RDP fonctionnait de nouveau.",
  'tls-policy-blocks-server.summary-historic-once':
    "Le {since}, Schannel n'a pas pu créer d'informations d'identification TLS pour un serveur. Le {healed}, un enregistrement prouve que RDP fonctionnait de nouveau.",
  'tls-policy-blocks-server.summary-refuted':
    "Schannel n'a pas pu créer d'informations d'identification TLS pour un serveur {count} {count|fois|fois}, mais {count|pour|chaque fois pour} un autre service que l'écouteur RDP.",
  'tls-policy-blocks-server.cause':
    "Le plus souvent, la stratégie ou le Registre désactive tous les protocoles TLS ou toutes les suites de chiffrement que l'écouteur pourrait utiliser. TLS 1.0 et 1.1 désactivés avec TLS 1.2 activé, c'est l'état voulu ; TLS 1.2 désactivé côté serveur, non.",
  'tls-policy-blocks-server.cause-refuted':
    "Le service resté sans informations d'identification est un autre : il n'empêche personne d'ouvrir une session par RDP.",
  'tls-policy-blocks-server.certain-protocols':
    'SCHANNEL\\Protocols\\TLS 1.2\\Server (ruche SYSTEM) est désactivé. Il faut le disque, pas seulement ses journaux.',
  'tls-policy-blocks-server.certain-ciphers':
    "L'ordre de chiffrement de la stratégie (ruche SOFTWARE, SSL\\00010002, Functions) est vide, ou FIPS exclut ce qu'il contient. Il faut le disque, pas seulement ses journaux.",

  // broker-out-of-step
  'broker-out-of-step.title': 'Le broker de connexions et sa base de données ne sont plus en accord',
  'broker-out-of-step.title-elsewhere': 'Les utilisateurs ne sont pas transmis par le broker de connexions',
  'broker-out-of-step.story':
    "Le broker a été renommé après la création de la ferme, ou ne peut plus joindre sa base de données interne parce que TLS 1.0 a été désactivé. Il n'est jamais prêt, et quiconque doit passer par lui reste dehors.",
  'broker-out-of-step.looked-for-database':
    "broker incapable d'utiliser sa base de données (SessionBroker 2056, dans son canal Operational)",
  'broker-out-of-step.looked-for-redirection':
    "utilisateurs qui n'ont pas pu être redirigés (SessionBroker-Client 1296, dans son canal Operational)",
  'broker-out-of-step.looked-for-around':
    'changement de nom après la mise en place du broker (EventLog 6011), services du broker en échec, connexions refusées à la base de données (18456)',
  'broker-out-of-step.seen-elsewhere':
    'vu et non compté : {count} {count|enregistrement|enregistrements} de SessionBroker 2056 ou SessionBroker-Client 1296 dans {channel}, où le broker ne les écrit pas',
  'broker-out-of-step.summary-both':
    "Depuis le {since}, le broker de connexions n'a pas pu utiliser sa base de données {failures} {failures|fois|fois}, et {users} {users|tentative de redirection a échoué|tentatives de redirection ont échoué}. Aucun signe de bon fonctionnement n'a été trouvé ensuite.",
  'broker-out-of-step.summary-database':
    "Depuis le {since}, le broker de connexions n'a pas pu utiliser sa base de données {failures} {failures|fois|fois}. Aucun signe de bon fonctionnement n'a été trouvé ensuite.",
  'broker-out-of-step.summary-redirection':
    "Depuis le {since}, {users} {users|tentative|tentatives} de redirection par le broker de connexions {users|a échoué|ont échoué}. Aucun signe de bon fonctionnement n'a été trouvé ensuite.",
  'broker-out-of-step.summary-historic':
    "Entre le {since} et le {last}, le broker de connexions a échoué. Le {healed}, un enregistrement prouve qu'il fonctionnait de nouveau.",
  'broker-out-of-step.summary-historic-once':
    "Le {since}, le broker de connexions a échoué. Le {healed}, un enregistrement prouve qu'il fonctionnait de nouveau.",
  'broker-out-of-step.cause':
    "Le broker n'accède plus à sa base de données interne. Le plus souvent, soit l'ordinateur a été renommé après la création de la ferme, et la base porte encore l'ancien nom ; soit TLS 1.0, dont le broker a besoin pour joindre la base sur sa propre machine, a été désactivé.",
  'broker-out-of-step.cause-renamed':
    "L'ordinateur a été renommé de {from} en {to} après la mise en place du broker. Les connexions et les entrées de sa base de données portent sans doute encore l'ancien nom.",
  'broker-out-of-step.cause-old-name':
    "La ferme a été rejointe sous un nom que cet ordinateur n'a plus. Les connexions et les entrées de sa base de données portent sans doute encore l'ancien nom.",
  'broker-out-of-step.certain-name':
    'Le nom en vigueur (ruche SYSTEM) diffère de celui sous lequel la ferme a été créée, ou le changement de nom est plus récent que le service du broker. Il faut le disque, pas seulement ses journaux.',
  'broker-out-of-step.certain-tls':
    'TLS 1.0 est désactivé (ruche SYSTEM) alors que le broker et sa base de données interne sont sur la même machine. Il faut le disque, pas seulement ses journaux.',
  'broker-out-of-step.cause-elsewhere':
    "Le broker de connexions est une autre machine : ici, on apprend seulement que ses utilisateurs n'ont pas été redirigés. Pourquoi, seuls les journaux et le disque du broker le disent.",
  'broker-out-of-step.cause-elsewhere-named':
    "Le broker de connexions est une autre machine, {broker} : ici, on apprend seulement que ses utilisateurs n'ont pas été redirigés. Pourquoi, seuls les journaux et le disque de {broker} le disent.",
  'broker-out-of-step.cause-perhaps-elsewhere':
    "Seul le côté client du broker de connexions s'est exprimé, et aucun journal d'un broker n'était là. Si cette machine n'est pas le broker lui-même, la cause se trouve sur le broker : seuls ses journaux et son disque disent pourquoi les utilisateurs n'ont pas été redirigés.",
  'broker-out-of-step.cause-perhaps-elsewhere-named':
    "Seul le côté client du broker de connexions s'est exprimé, aucun journal d'un broker n'était là, et le broker nommé est {broker}. Si cette machine n'est pas le broker lui-même, la cause se trouve là-bas : seuls les journaux et le disque de {broker} disent pourquoi les utilisateurs n'ont pas été redirigés.",
  'broker-out-of-step.certain-broker':
    "Les journaux ou le disque du broker montrent pourquoi il n'a redirigé personne.",
  'broker-out-of-step.certain-broker-named':
    "Les journaux ou le disque de {broker} montrent pourquoi il n'a redirigé personne.",

  // Repair: steps that several scenarios share
  'repair.snapshot-first':
    'Prendre un instantané du disque, et attacher une copie faite à partir de lui à une machine de secours, ici sous {drive}. Ne travailler que sur la copie.',
  'repair.load-software': 'Charger la ruche SOFTWARE du Windows en panne.',
  'repair.load-system': 'Charger la ruche SYSTEM du Windows en panne.',
  'repair.control-set':
    'Lire quel jeu de contrôle est utilisé. Là où figure ControlSet00N ci-dessous, mettre ce numéro à la place de N : lui seul compte.',
  'repair.get-in':
    "C'est RDP qui est en panne : entrer par la console série, par celle de l'hyperviseur, ou par la fonction Run Command du cloud.",
  'repair.make-folder-own': 'Créer un dossier pour ce qui est sauvegardé de cet hôte. Celui des autres reste tel quel.',
  'repair.make-folder-each':
    'Créer un dossier pour ce qui est sauvegardé, un par hôte : mettre son nom, sans espaces, là où figure HOST.',
  'repair.unload-software': 'Décharger la ruche SOFTWARE, sans éditeur du Registre ouvert dessus.',
  'repair.unload-system': 'Décharger la ruche SYSTEM, sans éditeur du Registre ouvert dessus.',
  'repair.restart': "Redémarrer la machine : Schannel ne lit ces valeurs qu'une fois.",
  'repair.rollback-offline':
    "Revenir à l'instantané ; ou attacher le disque et annuler, dans cet ordre, ce qui a été fait :",
  'repair.rollback-live': 'Annuler, dans cet ordre, ce qui a été fait :',
  'repair.undo-import': "Importer ce qui a été sauvegardé : les valeurs d'avant reviennent.",
  'repair.swap-disk': 'Détacher le disque, le rendre à la machine, la démarrer et se connecter.',

  // Repair: the listener's key
  'repair.key.offline-title': "rendre sa clé à l'écouteur",
  'repair.key.live-title': "rendre sa clé à l'écouteur, ou en faire créer une nouvelle par Windows",
  'repair.key.machine-guid':
    'Lire MachineGuid. Là où figure <MachineGuid> ci-dessous, mettre cette valeur : elle fait partie du nom du seul fichier de clé qui compte.',
  'repair.key.take':
    "Prendre possession du fichier de clé, pour le moment : il appartient à Windows lui-même, et personne d'autre ne peut en modifier les autorisations.",
  'repair.key.if-there': "Si le fichier de clé n'existe pas, passer au certificat.",
  'repair.key.save-permissions': 'Sauvegarder les autorisations du fichier de clé.',
  'repair.key.remove-denials':
    "Retirer les refus visant SYSTEM et NETWORK SERVICE : un refus l'emporte sur toute autorisation.",
  'repair.key.grant-with-session-env':
    'Donner à SYSTEM et au service qui renouvelle le certificat (SessionEnv) le contrôle total de ce seul fichier, et à NETWORK SERVICE le droit de le lire.',
  'repair.key.grant-with-administrators':
    'Donner à SYSTEM le contrôle total de ce seul fichier, et à NETWORK SERVICE et aux administrateurs le droit de le lire.',
  'repair.key.grant-newer':
    'À partir du build 17763 (Windows 10 1809, Server 2019) : donner à SYSTEM et au service qui renouvelle le certificat (SessionEnv) le contrôle total de ce seul fichier, et à NETWORK SERVICE le droit de le lire.',
  'repair.key.grant-older':
    'Avant le build 17763 : donner à SYSTEM le contrôle total de ce seul fichier, et à NETWORK SERVICE et aux administrateurs le droit de le lire.',
  'repair.key.give-back': 'En rendre la propriété à SYSTEM.',
  'repair.key.rename-container':
    "Seulement si l'état était « L'objet existe déjà », ou si le fichier est irréparable : le mettre de côté, pour que Windows crée une nouvelle clé.",
  'repair.key.rename-container-exists':
    "Mettre le fichier de clé de côté, pour que Windows crée une nouvelle clé : les enregistrements disent « L'objet existe déjà ».",
  'repair.key.rename-container-closed':
    "Seulement si l'une de ces étapes a échoué : mettre le fichier de clé de côté, pour que Windows crée une nouvelle clé.",
  'repair.key.rename-container-failing':
    "Seulement si l'échec persiste : mettre le fichier de clé de côté, pour que Windows crée une nouvelle clé.",
  'repair.key.list-store':
    "Lister les certificats de l'écouteur. N'en trouver aucun n'est pas une faute : Windows en crée un au démarrage du service.",
  'repair.key.export-store': 'Sauvegarder le magasin avant de le modifier.',
  'repair.key.delete-certificate':
    'Seulement si le certificat a expiré, ou si son fichier de clé manque ou a été mis de côté : le supprimer. Là où figure <Thumbprint>, mettre son nom tel que listé. Windows crée une nouvelle paire au démarrage suivant.',
  'repair.key.folder-last':
    "Donner au dossier lui-même les autorisations d'un Windows neuf, pas à son contenu. Ne jamais donner le dossier entier à NETWORK SERVICE : il contient les clés privées de tous les autres services.",
  'repair.key.restart-services': 'Redémarrer les deux services. Cela met fin aux sessions distantes en cours.',
  'repair.key.restart-again':
    "Seulement si une clé a été mise de côté ou un certificat supprimé : redémarrer encore les deux services, et chercher l'événement 1056, qui annonce le nouveau certificat.",
  'repair.key.list-certificates':
    "Si une clé a été mise de côté, ou en cas d'échec persistant, lister les certificats de l'écouteur. Il peut n'y en avoir aucun, ou plusieurs.",
  'repair.key.remove-certificate':
    "Supprimer celui qui a expiré, qui n'a pas de clé privée ou dont la clé a été mise de côté. Là où figure <Thumbprint>, mettre son empreinte.",
  'repair.key.pinned':
    "Voir si un certificat a été choisi à la main pour l'écouteur. Si un certificat est nommé ici, c'est sa clé qu'il faut réparer ; ne pas supprimer la valeur sur un broker de connexions.",
  'repair.key.pinned-known':
    "Le certificat {thumbprint} a été choisi à la main pour l'écouteur : c'est sa clé qu'il faut réparer. Ne pas retirer ce choix sur un broker de connexions.",
  'repair.key.risk': 'faible : un seul fichier. Seule la dernière étape touche au dossier des clés.',
  'repair.key.save-folder':
    "Seulement si « Accès refusé » persiste à la création d'une nouvelle clé : attacher le disque encore une fois, et sauvegarder les autorisations du dossier des clés.",
  'repair.key.undo-folder': 'Rétablir les autorisations du dossier des clés.',
  'repair.key.undo-container':
    'Rendre son nom à la clé mise de côté. Si Windows a créé une nouvelle clé, le nom est pris : laisser alors les deux.',
  'repair.key.undo-take':
    "Seulement si le fichier de clé n'est pas un que Windows a créé depuis, cette étape et les deux suivantes : en reprendre possession.",
  'repair.key.undo-permissions': 'Rétablir ses autorisations.',
  'repair.key.undo-restart': "Rien n'annule un redémarrage des services : les utilisateurs rouvrent leur session.",

  // Repair: no room for the key
  'repair.space.title': 'faire de la place pour la nouvelle clé',
  'repair.space.look': "Voir combien d'espace il reste sur le disque.",
  'repair.space.list': "Voir ce qui se trouve là où l'on peut le plus souvent libérer de la place.",
  'repair.space.free':
    'Faire de la place : supprimer ce qui ne sert à rien, par exemple une image mémoire (Windows\\MEMORY.DMP), le déplacer sur un autre disque, ou agrandir le disque. Laisser les fichiers de clés de ProgramData\\Microsoft\\Crypto et les journaux.',
  'repair.space.look-again':
    "Voir s'il y a de la place à présent. Une clé et un certificat en demandent peu ; Windows en demande plus.",
  'repair.space.risk':
    'faible : les autorisations, la clé et le certificat restent tels quels. Ce qui est supprimé est perdu.',
  'repair.space.undo': 'Remettre à sa place ce qui a été déplacé.',

  // Repair: TLS policy
  'repair.tls.offline-title': 'activer TLS 1.2 côté serveur',
  'repair.tls.live-title': 'activer TLS 1.2 côté serveur',
  'repair.tls.export':
    "Sauvegarder les clés avant de les modifier. S'il n'y en a pas, chaque protocole a sa valeur par défaut, et c'est l'ordre de chiffrement qu'il faut examiner.",
  'repair.tls.show':
    "Regarder ce qui est désactivé. Une valeur absente signifie la valeur par défaut de ce Windows ; les clés nommées Client ne régissent pas l'écouteur.",
  'repair.tls.enable': 'Activer TLS 1.2 côté serveur. Laisser TLS 1.0 et 1.1 tels quels.',
  'repair.tls.enable-by-default': "Laisser le côté serveur le proposer sans qu'on le demande.",
  'repair.tls.old-windows':
    'Windows 7 et Server 2008 R2 seulement : RDP a besoin de la mise à jour KB3080079 pour TLS 1.2. Sans elle, activer TLS 1.0 en attendant la mise à jour.',
  'repair.tls.ciphers':
    "Regarder l'ordre de chiffrement que fixe la stratégie. Son absence n'est pas une faute ; vide, ou sans suite que ce Windows connaisse, c'en est une.",
  'repair.tls.fips': "Regarder si le mode FIPS est actif (1). Il exclut d'autres suites de chiffrement.",
  'repair.tls.domain-policy':
    'Si une stratégie de domaine a imposé ces réglages, la corriger aussi, sinon ils reviendront.',
  'repair.tls.risk':
    "faible : TLS 1.2 est ce qui doit être actif. L'exception pour Windows 7 et Server 2008 R2 affaiblit la sécurité tant qu'elle dure.",
  'repair.tls.undo-by-default': 'Retirer la valeur qui laissait le côté serveur le proposer.',
  'repair.tls.undo-enable': 'Retirer la valeur qui activait TLS 1.2.',
  'repair.tls.undo-order': "Importer l'ordre des suites de chiffrement sauvegardé.",

  // Repair: the broker
  'repair.broker.live-title': "remettre d'accord le broker, sa base de données et son nom",
  'repair.broker.offline-title': "hors ligne, rien n'est pris en charge ; TLS 1.0 peut être rendu à la base de données",
  'repair.broker.get-in':
    "Entrer sans passer par le broker : par une session d'administration depuis un autre ordinateur, le nom de celui-ci là où figure COMPUTER, ou par la console série.",
  'repair.broker.get-in-named':
    "Entrer sans passer par le broker : par une session d'administration depuis un autre ordinateur, ou par la console série.",
  'repair.snapshot-live': 'Prendre un instantané de la machine : sans lui, la suite est irréversible.',
  'repair.broker.names':
    "Comparer le nom en vigueur avec celui sous lequel la ferme a été créée, que donne l'événement 1281.",
  'repair.broker.services':
    'Voir lesquels des services tournent : le broker, son service de gestion, la base de données interne.',
  'repair.broker.tls':
    'Voir si TLS 1.0 est désactivé. Le broker en a besoin pour joindre une base de données interne sur sa propre machine.',
  'repair.broker.reinstall-note':
    "Seulement si le serveur a été renommé : la voie prise en charge est de réinstaller le broker et sa base sous le nouveau nom. Noter d'abord les collections, les programmes publiés, les certificats et les réglages de licence : ils seront perdus.",
  'repair.broker.remove':
    "Seulement s'il a été renommé : retirer le broker et la base de données interne. La machine redémarre. Un autre rôle qui utiliserait cette base la perdrait aussi.",
  'repair.broker.install': "Seulement s'il a été renommé : réinstaller les deux. La machine redémarre.",
  'repair.broker.rebuild':
    "Seulement s'il a été renommé : recréer le déploiement dans le Gestionnaire de serveur : serveurs, collections, certificats, licences.",
  'repair.broker.reinstall-note-renamed':
    "La voie prise en charge est de réinstaller le broker et sa base sous le nouveau nom. Noter d'abord les collections, les programmes publiés, les certificats et les réglages de licence : ils seront perdus.",
  'repair.broker.remove-renamed':
    'Retirer le broker et la base de données interne. La machine redémarre. Un autre rôle qui utiliserait cette base la perdrait aussi.',
  'repair.broker.install-renamed': 'Réinstaller les deux. La machine redémarre.',
  'repair.broker.rebuild-renamed':
    'Recréer le déploiement dans le Gestionnaire de serveur : serveurs, collections, certificats, licences.',
  'repair.broker.risk': "élevé : une réinstallation perd les réglages de la ferme. Prendre d'abord un instantané.",
  'repair.broker.risk-or-tls':
    "élevé : une réinstallation perd les réglages de la ferme ; TLS 1.0 est faible. Prendre d'abord un instantané.",
  'repair.broker.rollback': "Revenir à l'instantané.",
  'repair.broker.rollback-or-tls': "Revenir à l'instantané ; si seul TLS 1.0 a été activé, annuler cela :",
  'repair.broker.not-offline':
    "Un broker renommé ne peut être remis en ordre sur un disque détaché d'aucune façon prise en charge.",
  'repair.broker.no-offline':
    "Un broker renommé ne peut être remis en ordre sur un disque détaché d'aucune façon prise en charge. Les étapes ci-dessous n'aident que si TLS 1.0 est désactivé.",
  'repair.broker.enable-server': "S'il l'est : activer TLS 1.0 côté serveur.",
  'repair.broker.enable-client': 'Et côté client, car le broker en est un.',
  'repair.broker.tls-risk':
    "TLS 1.0 est faible : ne l'utiliser que le temps de déplacer la base de données vers un SQL Server que le broker joint en TLS 1.2.",
  'repair.broker.undo-client': 'Retirer la valeur qui activait TLS 1.0 côté client.',
  'repair.broker.undo-server': 'Retirer celle du côté serveur.',
}
