/** What rooms below the reports say in English, by its English: statuses, reasons, names of Windows that join two. */
export const frenchTerms: Readonly<Record<string, string>> = {
  // event/: what a status means
  'Access is denied': 'Accès refusé',
  'Object already exists': "L'objet existe déjà",
  'The file already exists': 'Le fichier existe déjà',
  'Keyset does not exist': "Le jeu de clés n'existe pas",
  'The private key could not be used': "La clé privée n'a pas pu être utilisée",
  'No credentials are available': "Aucune information d'identification disponible",
  'Access to the key is denied': 'Accès à la clé refusé',
  'The key is not valid in its state': "La clé n'est pas utilisable dans son état",
  'The key was not found': 'Clé introuvable',
  'The disk is full': 'Le disque est plein',
  'The called object has disconnected from its clients': "L'objet appelé s'est déconnecté de ses clients",
  'The RPC interface is unknown': "L'interface RPC est inconnue",

  // evidence/: why a file could not be read
  'Access is denied; run again as administrator': "Accès refusé ; relancer en tant qu'administrateur",
  'Access is denied; run again as root': 'Accès refusé ; relancer en tant que root',
  'Another program holds it open': 'Un autre programme le tient ouvert',
  'The disk could not read it (input/output error)': "Le disque n'a pas pu le lire (erreur d'entrée-sortie)",
  'Its symbolic links lead in a circle': 'Ses liens symboliques tournent en rond',
  'Too many files are open': 'Trop de fichiers sont ouverts',
  'Its path is too long for this system': 'Son chemin est trop long pour ce système',
  'It was gone when it was opened, or its name is no valid text':
    "Il avait disparu à l'ouverture, ou son nom n'est pas un texte valide",
  'A part of its path is no folder': "Une partie de son chemin n'est pas un dossier",
  'The network drive has lost it': "Le lecteur réseau l'a perdu",

  // correlate/: builds that a client and a server share
  'Windows Vista SP1 or Server 2008': 'Windows Vista SP1 ou Server 2008',
  'Windows Vista SP2 or Server 2008 SP2': 'Windows Vista SP2 ou Server 2008 SP2',
  'Windows 7 or Server 2008 R2': 'Windows 7 ou Server 2008 R2',
  'Windows 7 SP1 or Server 2008 R2 SP1': 'Windows 7 SP1 ou Server 2008 R2 SP1',
  'Windows 8 or Server 2012': 'Windows 8 ou Server 2012',
  'Windows 8.1 or Server 2012 R2': 'Windows 8.1 ou Server 2012 R2',
  'Windows 10 1607 or Server 2016': 'Windows 10 1607 ou Server 2016',
  'Windows 10 1809 or Server 2019': 'Windows 10 1809 ou Server 2019',
  'Windows 11 24H2 or Server 2025': 'Windows 11 24H2 ou Server 2025',

  // scenarios/: what a check expects
  'absent, or with a suite that can be used': 'absent, ou avec une suite utilisable',
  'one that a store holds': "un certificat qu'un magasin contient",

  // evidence/ and facts/: why a place on the disk could not be looked at
  'The copy does not hold it': 'La copie ne le contient pas',
  'The volume is whole and does not hold it': 'Le volume est entier et ne le contient pas',
  'There is no such hive': "Cette ruche n'existe pas",
  'The hive could not be read': "La ruche n'a pas pu être lue",
  'Bytes are missing at its end': 'Il manque des octets à sa fin',
  'The hive is damaged on the way there': 'La ruche est endommagée sur le chemin',
  'The control set in force is not known: Select\\Current is absent':
    'Le jeu de contrôle en vigueur est inconnu : Select\\Current est absent',
  'The control set in force is not known: Select\\Current is no number':
    "Le jeu de contrôle en vigueur est inconnu : Select\\Current n'est pas un nombre",
  'The control set in force is not known: Select\\Current names none':
    "Le jeu de contrôle en vigueur est inconnu : Select\\Current n'en désigne aucun",
  'The control set in force is not known: the hive does not hold it':
    'Le jeu de contrôle en vigueur est inconnu : la ruche ne le contient pas',
  'The folder could not be listed': "Le dossier n'a pas pu être parcouru",
  'How CNG names the file of this key is not confirmed':
    "La façon dont CNG nomme le fichier de cette clé n'est pas établie",
  'The security descriptor of the key cannot be read': 'Le descripteur de sécurité de la clé est illisible',
  'An archive holds no access control': "Une archive ne contient pas de contrôle d'accès",
  'Access control was not read: PowerShell is not there': "Contrôle d'accès non lu : PowerShell est absent",
  'Access control was not read: getfattr is not there (package "attr")':
    "Contrôle d'accès non lu : getfattr est absent (paquet « attr »)",
  'Access control was not read: this file system shows no NTFS permissions (ntfs-3g and ntfs3 do)':
    "Contrôle d'accès non lu : ce système de fichiers ne montre pas les permissions NTFS (ntfs-3g et ntfs3 le font)",
  'Access control was not read: run again as root': "Contrôle d'accès non lu : relancer en tant que root",
  'Access control was not read: run again as administrator':
    "Contrôle d'accès non lu : relancer en tant qu'administrateur",
  'Access control was not read: the program that reads it failed':
    "Contrôle d'accès non lu : le programme qui le lit a échoué",
}
