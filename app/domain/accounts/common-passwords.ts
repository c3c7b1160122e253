// The cores of the passwords that people choose most: words, names, teams, keyboard runs. A password that is one of
// these with a few digits or signs around it is as easily guessed as the word, so the list stays short.
import list from './commonest-passwords.txt?raw'

const words = `
password passwort passwd pass passw parola motdepasse contrasena contraseña senha wachtwoord haslo losenord salasana heslo
secret geheim secreto welcome welkom willkommen bienvenue benvenuto hello hallo hola login logon signin letmein letmeinnow
openup opensesame trustno trustnoone access accessgranted admin administrator adminadmin root rootroot toor superuser
superadmin sysadmin user username users guest default changeme changemenow changeit temp temporary temptemp test tester
testing testtest testpassword demo demodemo sample example master masterkey manager service support helpdesk office company
computer internet server database network system windows microsoft google apple android samsung facebook twitter instagram
linkedin youtube amazon yahoo gmail hotmail netflix spotify oracle cisco linux ubuntu developer developers portal
iloveyou iloveu loveyou loveme lovely lovelove love lover iloveme iloveyouso mylove truelove forever foreveryoung sweetheart
sweet sweetie honey baby babygirl babyboy darling princess prince queen king angel angels heaven sunshine sunflower rainbow
butterfly flower flowers rose rosebud daisy lily jasmine violet summer winter spring autumn january february march april
june july august september october november december monday tuesday wednesday thursday friday saturday sunday weekend
dragon dragons dragonball monkey monkeys tiger tigers lion eagle eagles falcon falcons bear bears wolf wolves panther
panthers shark dolphin dolphins horse horses mustang ponies puppy kitten kitty kittycat doggy cat dog bird chicken turtle
bunny rabbit snoopy garfield mickey mickeymouse minnie donald pikachu pokemon pokemongo naruto sasuke goku mario luigi zelda
link sonic minecraft fortnite roblox starcraft warcraft worldofwarcraft counterstrike callofduty halo destiny diablo
starwars startrek skywalker vader darthvader yoda jedi matrix neo batman superman spiderman ironman hulk thor wolverine
captainamerica avengers marvel harrypotter hogwarts gryffindor gandalf frodo legolas hobbit jamesbond terminator rocky rambo
football footballs soccer baseball basketball hockey tennis golf golfer cricket rugby boxing wrestling running swimming
arsenal chelsea liverpool manchester manchesterunited united barcelona realmadrid juventus milan bayern ajax benfica porto
yankees redsox dodgers lakers celtics bulls cowboys steelers packers patriots raiders broncos giants dallas chicago boston
london paris berlin madrid amsterdam rotterdam newyork california florida texas america american england france germany
canada mexico brazil australia china india japan russia spain italy europe
michael michelle jessica jennifer jordan ashley amanda daniel daniela david thomas robert william charlie andrew matthew
joshua anthony george steven stephanie nicole nicholas christian christine christopher elizabeth patrick patricia martin
martina maria marina laura lauren sarah sandra samantha sophie sophia oliver olivia emma emily hannah rachel rebecca
melissa maggie maxwell maximus alexander alexandra alexis andrea antonio carlos eduardo fernando francisco gabriel gabriela
jasper jason justin kevin kimberly natalie natasha peter pepper phoenix richard ronaldo messi neymar beckham shannon sebastian
taylor tyler vanessa veronica victor victoria vincent virginia xavier barbara benjamin brandon brian buster casper chester
hunter harley heather ginger freddie freedom friend friends friendship family mother father mommy daddy mummy sister brother
money moneymoney cash dollar million millionaire rich richman lucky luckyone success winner champion victory power
powerful strong strongman warrior soldier ranger commander general captain colonel police sheriff ninja samurai pirate
hacker hackers killer assassin sniper shadow ghost phantom demon devil satan hell lucifer jesus jesuschrist christ god
godisgood blessed blessing faith hope grace bible church amen allah krishna buddha peace happy happiness smile sunny
chocolate cookie cookies coffee cheese banana apples orange cherry strawberry lemon pepperoni pizza burger bacon butter
candy sugar vanilla whiskey tequila vodka corona heineken cocacola pepsi guitar guitars music musica piano drummer metallica
nirvana slipknot eminem beatles elvis madonna ferrari porsche mercedes toyota honda yamaha suzuki kawasaki corvette camaro
mustanggt harleydavidson volkswagen thunder lightning storm hurricane tornado fire fireman ice blizzard diamond diamonds
golden silver gold platinum purple yellow orangejuice black white green blue red blackjack casino poker jackpot aces
whatever nothing something anything nobody somebody everybody idontknow idunno fuckyou fuckoff fuckme fuck asshole bitch
bullshit shit dickhead pussy sexy sexysexy hotstuff bigdick blowme playboy hardcore naked nipple
qwerty qwertyu qwertyui qwertyuio qwertyuiop qwertz qwertzu qwertzuiop azerty azertyuiop asdf asdfg asdfgh asdfghj asdfghjk
asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qweasd qweasdzxc qazwsx qazwsxedc qazxsw wsxedc poiuy poiuytrewq lkjhgfdsa mnbvcxz
qwert qwer qwe asd zxc qaz wsx edc rfv abc abcd abcde abcdef abcdefg abcdefgh xyz aaa bbb qwerasdf asdfqwer asdfzxcv
qwertyasdf qwertyqwerty passwordpassword secretsecret helloworld helloagain hellothere hellokitty thisispassword thisisme
mypassword mypasswort ourpassword yourpassword newpassword oldpassword nopassword goodpassword strongpassword
securepassword passwordadmin adminpassword rootpassword userpassword thepassword ilovepassword passwordisgood letmeinplease
correcthorse correcthorsebatterystaple maytheforcebewithyou tobeornottobe`

export const commonWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))

/** The 3,000 commonest of at least eight characters, and more of at least twelve, as leaks show them (OWASP ASVS 5.0, 6.2.4). */
export const commonestPasswords: ReadonlySet<string> = new Set(list.trim().split('\n'))

/** Rows of keyboards and counting, in which any stretch is a guess. Read backwards as well. */
export const commonRuns = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]asdfghjkl;zxcvbnm,./',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '!@#$%^&*()_+',
] as const
