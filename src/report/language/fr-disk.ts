/** Ce que les scénarios disent d'un disque. What scenarios say of a disk, in French. */
export const frenchDisk: Readonly<Record<string, string>> = {
  'rule.disk-not-whole': "Ce qui a été collecté du disque ne montre aucune cause, et tout n'a pas pu être examiné",
  'rule.disk-tls-1.2-held':
    "Sur le disque, DisabledByDefault vaut {value} pour TLS 1.2 côté serveur : rien ne documente si l'écouteur RDP peut encore l'utiliser",
  'rule.disk-shows-no-cause': 'Le disque a été examiné et ne montre aucune des causes connues',
  'rule.disk-does-not-count':
    "Cela ne compte pas ici : c'est venu après le dernier échec ou attend le prochain démarrage de Windows, RDP a fonctionné avec, ou ces enregistrements parlent d'autre chose",
  'rule.trigger-not-seen': "On ignore si un enregistrement signale un échec : {channels} n'a pas pu être examiné",
  'rule.written-hours-before':
    'Ce qui le prouve a été écrit pour la dernière fois le {written}, {hours} {hours|heure|heures} avant le premier échec, le {first}',
  'rule.written-minutes-before':
    'Ce qui le prouve a été écrit pour la dernière fois le {written}, {minutes} {minutes|minute|minutes} avant le premier échec, le {first}',
  'rule.no-trigger': "Aucun enregistrement ne fait état d'un échec",
  'rule.trigger-healed':
    'Les échecs que signalent les enregistrements sont passés : un enregistrement postérieur le prouve',
  'rule.trigger-others': "Les échecs que signalent les enregistrements relèvent d'un autre service",

  'disk.alone':
    "Aucun enregistrement d'échec n'a été trouvé, mais le disque montre ce qui empêcherait toute ouverture de session par RDP.",
  'disk.alone-waits':
    "Le disque montre ce qui empêchera toute ouverture de session par RDP dès le prochain démarrage de Windows : c'est écrit depuis le dernier.",
  'disk.alone-healed':
    'Les échecs des enregistrements sont passés, mais le disque montre ce qui empêcherait maintenant toute ouverture de session par RDP.',
  'disk.alone-others':
    "Les échecs des enregistrements relèvent d'un autre service, mais le disque montre ce qui empêcherait toute ouverture de session par RDP.",
  'disk.certain-trigger':
    "Un enregistrement de l'échec dans la fenêtre. Aucun n'a été trouvé dans les journaux disponibles.",
  'disk.certain-choice':
    "Quel certificat l'écouteur utilise : SSLCertificateSHA1Hash dans SYSTEM, un modèle de certificat ou un autre magasin. On l'ignore, un autre certificat peut donc servir.",
  'disk.certain-access':
    "NETWORK SERVICE n'a pas le droit de lire {file}. Ses autorisations n'ont pas pu être obtenues.",

  'disk.key-missing':
    "Le certificat {thumbprint} est dans le magasin, mais le fichier de sa clé privée, {file}, n'est pas dans son dossier",
  'disk.key-missing.cause':
    'Le certificat est là et le fichier de sa clé privée a disparu. Windows garde le certificat et demande la clé à chaque connexion, en vain.',
  'disk.machine-guid-changed':
    'Le fichier de clé du certificat {thumbprint} devrait être {file} ; à sa place se trouve {other}, créé sous un autre MachineGuid',
  'disk.machine-guid-changed.cause':
    "Le MachineGuid a changé après la création de la clé, comme lors d'un clonage : Windows cherche le fichier de clé sous un nom qu'aucun fichier ne porte.",
  'disk.key-denied': "D'après ses autorisations, NETWORK SERVICE n'a pas le droit de lire le fichier de clé {file}",
  'disk.key-denied.cause':
    "Le service Bureau à distance s'exécute en tant que NETWORK SERVICE et ne peut pas lire le fichier de sa clé privée. Windows ne rétablit pas lui-même de telles autorisations.",
  'disk.key-closed-to-renewal':
    'Le service qui renouvelle le certificat (SessionEnv) ne peut pas lire le fichier de clé {file}',
  'disk.key-closed-to-renewal.cause':
    'Le service qui crée et renouvelle le certificat ne peut pas ouvrir le conteneur de clé existant : aucun nouveau ne peut prendre sa place.',
  'disk.store-denied':
    "SYSTEM n'a pas le droit d'écrire dans la clé de registre du magasin de certificats « Remote Desktop »",
  'disk.store-denied.cause':
    "La clé de registre qui contient le certificat de l'écouteur est fermée à SYSTEM : un nouveau certificat ne peut pas y être enregistré, ni l'ancien remplacé.",
  'disk.crypto-keys-closed':
    'Le magasin de certificats est vide, et SYSTEM ne peut créer aucun fichier dans le dossier des clés CNG (Crypto\\Keys)',
  'disk.crypto-keys-closed.cause':
    "Aucune nouvelle clé ne peut être créée dans le dossier des clés CNG, et sans clé il n'y a pas de certificat.",
  'disk.pinned-missing': "L'écouteur doit utiliser le certificat {thumbprint}, qu'aucun magasin ne contient",
  'disk.pinned-missing.cause':
    "L'écouteur doit utiliser un certificat précis (SSLCertificateSHA1Hash) qui n'existe plus ; le sien, que Windows prend à la place, n'y a rien changé.",
  'disk.pinned-expired': "L'écouteur doit utiliser le certificat {thumbprint}, expiré depuis le {expired}",
  'disk.pinned-expired.cause': "L'écouteur doit utiliser un certificat précis (SSLCertificateSHA1Hash) qui a expiré.",
  'disk.certificate-expired': "Le certificat {thumbprint} de l'écouteur a expiré le {expired} et n'a pas été remplacé",
  'disk.certificate-expired.cause': "Le certificat de l'écouteur a expiré, et chaque tentative de le remplacer échoue.",
  'disk.certificate-expired-denied.cause':
    "Le certificat de l'écouteur a expiré, et chaque tentative de le remplacer échoue avec « Accès refusé ». L'expiration seule ne l'explique pas : les autorisations du fichier de clé, qui n'ont pas pu être obtenues, l'expliquent sans doute.",
  'disk.machine-keys-closed':
    'Un risque, et non une cause à lui seul : SYSTEM ne peut créer aucun fichier dans MachineKeys, si bien que la prochaine clé ne pourra pas être créée',

  'disk.no-protocol': 'Côté serveur, {versions} sont tous désactivés',
  'disk.no-protocol.cause':
    "Tous les protocoles TLS sont désactivés côté serveur : l'écouteur n'a rien à proposer à aucun client.",
  'disk.tls-1.2-off': 'TLS 1.2 est désactivé côté serveur ; il reste : {versions}',
  'disk.tls-1.2-off.cause':
    "TLS 1.2 est désactivé côté serveur. Ce qui reste est plus ancien que ce que les clients et les stratégies d'aujourd'hui acceptent.",
  'disk.no-tls-update':
    "TLS 1.0 est désactivé côté serveur, et la mise à jour qui a appris TLS 1.2 au Bureau à distance (KB3080079) n'est pas répertoriée",
  'disk.no-tls-update.cause':
    'Sur ce Windows, sans la mise à jour KB3080079, le Bureau à distance ne parle rien de plus récent que TLS 1.0, et TLS 1.0 est désactivé.',
  'disk.no-cipher': "L'ordre des suites de chiffrement (SSL\\00010002, Functions) est défini et vide",
  'disk.no-cipher.cause':
    "L'ordre des suites de chiffrement est défini et n'en nomme aucune : aucune connexion TLS ne peut être négociée.",
  'disk.no-usable-cipher':
    "L'ordre des suites de chiffrement (SSL\\00010002, Functions) n'en nomme aucune qui convienne au certificat et aux protocoles présents",
  'disk.no-usable-cipher.cause':
    "L'ordre des suites de chiffrement n'en nomme aucune qui convienne au certificat et aux protocoles de l'écouteur.",
  'disk.strange-value': '{name} vaut {value} ; Windows connaît {least} à {most}',
  'disk.strange-value.cause': "Un réglage de l'écouteur a une valeur que Windows ne connaît pas.",
  'disk.tls-not-used': "La couche de sécurité de l'écouteur est 0 : il n'utilise pas du tout TLS",
  'disk.tls-not-used.cause':
    "L'écouteur est réglé sur l'ancienne couche de sécurité RDP et n'a besoin d'aucun identifiant TLS : l'échec n'empêche personne d'ouvrir une session.",
  'disk.tls-1.2-on':
    'TLS 1.2 est actif côté serveur (par {by}), et aucune stratégie ne lui retire ses suites de chiffrement',
  'disk.tls-1.2-on.cause':
    "TLS 1.2 est en vigueur côté serveur et aucune stratégie ne lui retire ses suites de chiffrement : l'écouteur a quelque chose à proposer, et l'échec a une autre raison.",
  'tls-policy-blocks-server.summary-excused':
    "Depuis le {since}, Schannel n'a pas pu créer d'identifiant TLS pour un serveur {count} fois, mais le disque montre que l'écouteur a ce qu'il lui faut.",
  'tls-policy-blocks-server.summary-excused-listener':
    "Depuis le {since}, Schannel n'a pas pu créer d'identifiant TLS pour l'écouteur RDP {count} fois, bien que le disque lui laisse des protocoles et des suites de chiffrement à proposer : l'écouteur a bel et bien échoué ; examinez ensuite son certificat et sa clé, ainsi que les protocoles et les suites de chiffrement que proposent les clients.",

  'disk.broker-renamed': "Le broker a été mis en place sous le nom {from}, et l'ordinateur s'appelle maintenant {to}",
  'disk.broker-renamed.cause':
    "L'ordinateur a été renommé de {from} en {to} après la mise en place du broker. Les connexions et les entrées de sa base de données portent encore l'ancien nom.",
  'disk.broker-tls-1.0-off':
    'TLS 1.0 est désactivé ({key}), le broker et sa base de données interne sont sur cette machine, et la base de données échoue',
  'disk.broker-tls-1.0-off.cause':
    'Le broker joint la base de données interne de sa propre machine par TLS 1.0 (KB4036954), qui a été désactivé.',
  'disk.name-pending':
    "Un changement de nom de {now} en {next} attend le prochain démarrage : il n'est pas encore en vigueur",

  // Settings that switch Remote Desktop off, beside what was found
  'also.refused':
    "Les connexions à distance sont désactivées : fDenyTSConnections vaut {value} dans SYSTEM\\{key}, écrit le {written}. Personne n'entre par RDP tant qu'il ne vaut pas 0, quoi qu'on répare d'autre.",
  'also.refused-by-policy':
    "Une stratégie désactive les connexions à distance : fDenyTSConnections vaut {value} dans SOFTWARE\\{key}, écrit le {written}, et l'emporte sur le réglage de la machine. Personne n'entre par RDP tant que la stratégie n'est pas changée, quoi qu'on répare d'autre.",
  'also.refused-unless-policy':
    "Les connexions à distance sont désactivées : fDenyTSConnections vaut {value} dans SYSTEM\\{key}, écrit le {written}. Personne n'entre par RDP tant qu'il ne vaut pas 0, sauf si une stratégie (ruche SOFTWARE), qui n'a pas pu être examinée, en décide autrement.",
  'also.logons-disabled':
    'Les ouvertures de session par RDP sont désactivées : fLogonDisabled vaut {value} dans SYSTEM\\{key}, écrit le {written}.',
  'also.listener-off':
    "L'écouteur RDP est désactivé : fEnableWinStation vaut {value} dans SYSTEM\\{key}, écrit le {written}.",
  'also.service-disabled':
    'Le service Bureau à distance est désactivé : Start vaut {value} dans SYSTEM\\{key}, écrit le {written}.',

  'repair.key.risk-proven': 'faible : seul ce que le disque a montré comme fautif est touché.',
  'repair.key.open-store':
    'Sauvegarder les autorisations des clés du magasin, retirer les refus et donner le contrôle total à SYSTEM. Ce qui autorise par ailleurs reste.',
  'repair.key.open-crypto-keys': 'Rendre à SYSTEM et aux administrateurs le dossier des clés CNG.',
  'repair.key.export-listener': "Sauvegarder les réglages de l'écouteur.",
  'repair.key.show-file': "Retirer l'attribut Système du fichier : « ren » n'en trouve aucun qui le porte.",
  'repair.key.hide-file': 'Rendre son attribut au fichier de clé.',
  'repair.key.unpin':
    "Laisser l'écouteur revenir à son propre certificat : il doit utiliser {thumbprint}. S'il faut que ce soit celui-là, l'importer à nouveau avec sa clé.",
  'repair.tls.export-proven': 'Sauvegarder les clés avant de les modifier.',
  'repair.tls.cipher-title': "retirer l'ordre des suites de chiffrement de la stratégie",
  'repair.tls.cipher-risk': 'faible : Windows revient à son propre ordre de suites de chiffrement.',
  'repair.tls.export-order': "Sauvegarder l'ordre avant de le retirer.",
  'repair.tls.delete-order': "Retirer l'ordre. Windows utilise alors sa valeur par défaut.",
  'repair.broker.tls-title': 'rendre TLS 1.0 au broker et à sa base de données',
  'repair.broker.nothing-offline': "hors ligne, rien n'est pris en charge",
  'repair.key.drop-certificate':
    'Supprimer ce certificat. Windows en crée un nouveau, avec une nouvelle clé, au prochain démarrage du service.',
  'repair.key.drop-certificate-if':
    'Seulement si ce certificat a expiré, ou si son fichier de clé manque ou a été mis de côté : le supprimer. Windows en crée un nouveau, avec une nouvelle clé, au prochain démarrage du service.',
  'repair.key.drop-certificate-if-aside':
    'Seulement si le fichier de clé a été mis de côté : supprimer son certificat. Windows en crée un nouveau, avec une nouvelle clé, au prochain démarrage du service.',
  'repair.key.remove-denials-seen': "Retirer les refus constatés : un refus l'emporte sur toute autorisation.",
  'repair.key.risk-live': 'faible : un seul fichier de clé, et un certificat que Windows recrée.',
  'repair.key.undo-certificate':
    "Un certificat supprimé n'est pas à remettre : Windows en crée un nouveau. L'ancien est dans {file}.",
  'repair.key.undo-store': 'Rétablir les autorisations du magasin.',
  'repair.key.take-crypto-keys':
    "Prendre possession du dossier des clés CNG, pour le moment : il appartient à Windows lui-même, et personne d'autre ne peut en modifier les autorisations.",
  'repair.key.undo-take-crypto-keys': 'Reprendre possession du dossier des clés CNG.',
  'repair.key.undo-crypto-keys': 'Rétablir les autorisations du dossier des clés CNG.',
  'repair.key.undo-pin': "Importer les réglages de l'écouteur tels qu'ils étaient.",
  'repair.key.save-crypto-keys': 'Sauvegarder les autorisations du dossier des clés CNG.',
  'repair.broker.elsewhere-title': "examiner le broker, une autre machine : rien n'est à modifier sur celle-ci",
  'repair.broker.is-it-here':
    "Voir si cette machine est le broker lui-même : elle l'est si ce service existe. Dans ce cas, collecter aussi son journal TerminalServices-SessionBroker/Operational, ou son disque, et l'analyser de nouveau.",
  'repair.broker.which': "Sinon, lire le nom du broker ; l'événement 1281 de SessionBroker-Client le donne aussi.",
  'repair.broker.collect':
    "Collecter les journaux ou le disque du broker et les analyser d'abord : eux seuls disent ce qu'il faut réparer, et c'est là-bas qu'il faut le réparer.",
  'repair.broker.collect-named':
    "Collecter les journaux ou le disque de {broker}, le broker, et les analyser d'abord : eux seuls disent ce qu'il faut réparer, et c'est là-bas qu'il faut le réparer.",
  'repair.broker.tls-export': 'Sauvegarder les clés de TLS 1.0 avant de les modifier.',
  'repair.broker.enable-server-proven': 'Activer TLS 1.0 côté serveur.',
  'repair.broker.server-by-default':
    "Laisser le côté serveur utiliser TLS 1.0 sans qu'on le demande : DisabledByDefault est défini.",
  'repair.broker.server-by-default-unseen': "Laisser le côté serveur utiliser TLS 1.0 sans qu'on le demande.",
  'repair.broker.client-by-default': "Laisser le côté client utiliser TLS 1.0 sans qu'on le demande.",
  'repair.broker.undo-client-by-default':
    "Retirer la valeur qui laissait le côté client utiliser TLS 1.0 sans qu'on le demande.",
  'repair.broker.undo-server-by-default':
    "Retirer la valeur qui laissait le côté serveur utiliser TLS 1.0 sans qu'on le demande.",
  'repair.broker.tls-restart':
    "S'il était désactivé : redémarrer la machine. Si les utilisateurs entrent alors, s'arrêter là.",
  'repair.risk-cut-hive':
    "élevé : {count|la ruche|les ruches} {hives} {count|est tronquée|sont tronquées} : ne pas {count|la|les} charger {count|telle quelle|telles quelles}. Copier le disque à nouveau et analyser cette copie ; si {count|elle y est tronquée|elles y sont tronquées} aussi, {count|la|les} restaurer d'abord d'une sauvegarde.",
  'repair.risk-no-control-set':
    "élevé : Select\\Current désigne {name}, qui n'est pas dans la ruche SYSTEM : on ignore quel jeu de contrôle compte. Une valeur ajoutée à un jeu absent en crée une ébauche.",
  'repair.control-set-lost':
    "Voir quels jeux de contrôle existent : {name}, que Select\\Current désigne, n'en fait pas partie. Ne continuer qu'en sachant avec lequel Windows doit démarrer, et mettre son numéro à la place de N ci-dessous.",
  'repair.tls.risk-known': 'faible : TLS 1.2 est ce qui doit être actif.',
}
