"""Prints models/parties/outlets.toml from the compact list below: name | aliases | domain | country | a for agency."""
LIST = """
Associated Press|AP;A.P.;The AP|apnews.com|US|a
Reuters|Thomson Reuters;Reuters News|reuters.com|GB|a
Agence France-Presse|AFP;Agence France Presse|afp.com|FR|a
United Press International|UPI|upi.com|US|a
Bloomberg|Bloomberg News;Bloomberg Politics;Bloomberg Businessweek|bloomberg.com|US|a
Dow Jones Newswires|Dow Jones|dowjones.com|US|a
Press Association|PA;PA Media;PA news agency|pa.media|GB|a
Deutsche Presse-Agentur|DPA;dpa|dpa.com|DE|a
EFE|Agencia EFE;EFE news agency|efe.com|ES|a
ANSA|ANSA news agency|ansa.it|IT|a
TASS|Itar-Tass;ITAR-TASS;Tass|tass.com|RU|a
RIA Novosti|RIA;Ria Novosti|ria.ru|RU|a
Interfax|Interfax news agency|interfax.ru|RU|a
Interfax-Ukraine|Interfax Ukraine|interfax.com.ua|UA|a
Ukrinform||ukrinform.net|UA|a
UNIAN||unian.info|UA|a
BelTA||belta.by|BY|a
Xinhua|Xinhua News Agency;New China News Agency|xinhuanet.com|CN|a
China News Service|CNS|chinanews.com|CN|a
Kyodo|Kyodo News|kyodonews.net|JP|a
Jiji Press|Jiji|jiji.com|JP|a
Yonhap|Yonhap News Agency|yna.co.kr|KR|a
KCNA|Korean Central News Agency|kcna.kp|KP|a
Press Trust of India|PTI|ptinews.com|IN|a
Asian News International|ANI|aninews.in|IN|a
Indo-Asian News Service|IANS|ians.in|IN|a
Associated Press of Pakistan|APP|app.com.pk|PK|a
Antara||antaranews.com|ID|a
Bernama||bernama.com|MY|a
Vietnam News Agency|VNA|vnanet.vn|VN|a
Central News Agency|CNA|cna.com.tw|TW|a
Australian Associated Press|AAP|aap.com.au|AU|a
Canadian Press|CP;The Canadian Press|thecanadianpress.com|CA|a
IRNA|Islamic Republic News Agency|irna.ir|IR|a
Fars|Fars News Agency;Fars News|farsnews.ir|IR|a
Tasnim|Tasnim News Agency|tasnimnews.com|IR|a
ISNA|Iranian Students' News Agency|isna.ir|IR|a
Mehr|Mehr News Agency|mehrnews.com|IR|a
SANA|Syrian Arab News Agency|sana.sy|SY|a
Saba|Saba news agency|saba.ye|YE|a
NNA|National News Agency|nna-leb.gov.lb|LB|a
Petra|Petra news agency;Jordan News Agency|petra.gov.jo|JO|a
SPA|Saudi Press Agency|spa.gov.sa|SA|a
WAM|Emirates News Agency|wam.ae|AE|a
QNA|Qatar News Agency|qna.org.qa|QA|a
KUNA|Kuwait News Agency|kuna.net.kw|KW|a
BNA|Bahrain News Agency|bna.bh|BH|a
MENA|Middle East News Agency|mena.org.eg|EG|a
Maghreb Arabe Presse|MAP|mapnews.ma|MA|a
Algeria Press Service|APS|aps.dz|DZ|a
WAFA|Wafa|wafa.ps|PS|a
Ma'an|Ma'an News Agency|maannews.net|PS|a
Anadolu|Anadolu Agency;AA|aa.com.tr|TR|a
Dogan|Dogan News Agency;DHA|dha.com.tr|TR|a
Azertac|AZERTAC|azertag.az|AZ|a
Armenpress||armenpress.am|AM|a
PAP|Polish Press Agency|pap.pl|PL|a
CTK|Czech News Agency;ČTK|ctk.eu|CZ|a
MTI|MTI news agency|mti.hu|HU|a
Agerpres||agerpres.ro|RO|a
BTA|Bulgarian News Agency|bta.bg|BG|a
Tanjug||tanjug.rs|RS|a
HINA||hina.hr|HR|a
BELGA|Belga|belga.be|BE|a
ANP||anp.nl|NL|a
NTB||ntb.no|NO|a
TT|TT news agency|tt.se|SE|a
Ritzau||ritzau.dk|DK|a
STT||stt.fi|FI|a
APA|Austria Press Agency|apa.at|AT|a
Keystone-SDA||keystone-sda.ch|CH|a
Lusa||lusa.pt|PT|a
Athens-Macedonian News Agency|AMNA|amna.gr|GR|a
LETA||leta.lv|LV|a
BNS|Baltic News Service|bns.lt|LT|a
News Agency of Nigeria|NAN|nannews.ng|NG|a
Ghana News Agency|GNA|gna.org.gh|GH|a
Ethiopian News Agency|ENA|ena.et|ET|a
South African Press Association|SAPA|sapa.org.za|ZA|a
ZIANA||ziana.co.zw|ZW|a
Notimex||notimex.gob.mx|MX|a
Telam|Télam|telam.com.ar|AR|a
Agencia Brasil|Agência Brasil|agenciabrasil.ebc.com.br|BR|a
Prensa Latina||plenglish.com|CU|a
Inter Press Service|IPS|ipsnews.net||a
McClatchy|McClatchy Newspapers;McClatchy Washington Bureau|mcclatchydc.com|US|a
Tribune News Service|TNS|tribunenewsservice.com|US|a
Cox News Service||coxnews.com|US|a
Scripps Howard|Scripps Howard News Service|scripps.com|US|a
Religion News Service|RNS|religionnews.com|US|a
Stateline||stateline.org|US|a
Kaiser Health News|KHN;KFF Health News|kffhealthnews.org|US|a
New York Times|NYT;N.Y. Times;NY Times;The Times|nytimes.com|US|
Washington Post|WaPo;WP;Wash Post;The Post|washingtonpost.com|US|
Wall Street Journal|WSJ;W.S.J.|wsj.com|US|
USA Today|USA TODAY|usatoday.com|US|
Los Angeles Times|L.A. Times;LA Times|latimes.com|US|
Chicago Tribune||chicagotribune.com|US|
Chicago Sun-Times|Sun-Times|suntimes.com|US|
Boston Globe||bostonglobe.com|US|
Boston Herald||bostonherald.com|US|
New York Post|NY Post|nypost.com|US|
New York Daily News|Daily News;NY Daily News|nydailynews.com|US|
Newsday||newsday.com|US|
Philadelphia Inquirer||inquirer.com|US|
Miami Herald||miamiherald.com|US|
El Nuevo Herald||elnuevoherald.com|US|
Tampa Bay Times||tampabay.com|US|
Orlando Sentinel||orlandosentinel.com|US|
Palm Beach Post||palmbeachpost.com|US|
Sun Sentinel|Sun-Sentinel|sun-sentinel.com|US|
Houston Chronicle||houstonchronicle.com|US|
Dallas Morning News|Morning News|dallasnews.com|US|
San Antonio Express-News||expressnews.com|US|
Austin American-Statesman||statesman.com|US|
Texas Tribune||texastribune.org|US|
San Francisco Chronicle||sfchronicle.com|US|
San Jose Mercury News|Mercury News|mercurynews.com|US|
Sacramento Bee||sacbee.com|US|
San Diego Union-Tribune|Union-Tribune|sandiegouniontribune.com|US|
Seattle Times||seattletimes.com|US|
Oregonian||oregonlive.com|US|
Denver Post||denverpost.com|US|
Arizona Republic||azcentral.com|US|
Salt Lake Tribune||sltrib.com|US|
Deseret News||deseret.com|US|
Las Vegas Review-Journal|Review-Journal|reviewjournal.com|US|
Las Vegas Sun||lasvegassun.com|US|
Albuquerque Journal||abqjournal.com|US|
Kansas City Star||kansascity.com|US|
St. Louis Post-Dispatch|Post-Dispatch|stltoday.com|US|
Des Moines Register||desmoinesregister.com|US|
Minneapolis Star Tribune|Star Tribune|startribune.com|US|
Milwaukee Journal Sentinel|Journal Sentinel|jsonline.com|US|
Detroit Free Press|Free Press|freep.com|US|
Detroit News||detroitnews.com|US|
Indianapolis Star|IndyStar|indystar.com|US|
Cleveland Plain Dealer|Plain Dealer|cleveland.com|US|
Columbus Dispatch||dispatch.com|US|
Cincinnati Enquirer|Enquirer|cincinnati.com|US|
Pittsburgh Post-Gazette|Post-Gazette|post-gazette.com|US|
Pittsburgh Tribune-Review|Tribune-Review|triblive.com|US|
Baltimore Sun||baltimoresun.com|US|
Richmond Times-Dispatch|Times-Dispatch|richmond.com|US|
Virginian-Pilot||pilotonline.com|US|
Charlotte Observer||charlotteobserver.com|US|
Raleigh News & Observer|News & Observer|newsobserver.com|US|
Post and Courier||postandcourier.com|US|
The State||thestate.com|US|
Atlanta Journal-Constitution|AJC;Journal-Constitution|ajc.com|US|
Tennessean||tennessean.com|US|
Commercial Appeal||commercialappeal.com|US|
Times-Picayune||nola.com|US|
Arkansas Democrat-Gazette|Democrat-Gazette|arkansasonline.com|US|
Oklahoman||oklahoman.com|US|
Omaha World-Herald|World-Herald|omaha.com|US|
Hartford Courant||courant.com|US|
Providence Journal||providencejournal.com|US|
Concord Monitor||concordmonitor.com|US|
New Hampshire Union Leader|Union Leader|unionleader.com|US|
Portland Press Herald|Press Herald|pressherald.com|US|
Burlington Free Press||burlingtonfreepress.com|US|
Buffalo News||buffalonews.com|US|
Star-Ledger||nj.com|US|
Honolulu Star-Advertiser|Star-Advertiser|staradvertiser.com|US|
Anchorage Daily News||adn.com|US|
Washington Times||washingtontimes.com|US|
Washington Examiner||washingtonexaminer.com|US|
Washington Free Beacon|Free Beacon|freebeacon.com|US|
Christian Science Monitor|CS Monitor|csmonitor.com|US|
Politico|POLITICO|politico.com|US|
The Hill||thehill.com|US|
Roll Call||rollcall.com|US|
Axios||axios.com|US|
Vox||vox.com|US|
BuzzFeed|BuzzFeed News;Buzzfeed|buzzfeednews.com|US|
Huffington Post|HuffPost;Huff Post;HuffPo|huffpost.com|US|
Breitbart|Breitbart News;Breitbart.com|breitbart.com|US|
Daily Caller||dailycaller.com|US|
Daily Beast||thedailybeast.com|US|
Daily Wire||dailywire.com|US|
Daily Signal||dailysignal.com|US|
Daily Kos||dailykos.com|US|
Drudge Report|Drudge|drudgereport.com|US|
Gateway Pundit||thegatewaypundit.com|US|
InfoWars|Infowars|infowars.com|US|
Newsmax||newsmax.com|US|
One America News|OAN;OANN|oann.com|US|
Western Journal|Western Journalism|westernjournal.com|US|
WorldNetDaily|WND|wnd.com|US|
The Blaze|TheBlaze|theblaze.com|US|
Townhall||townhall.com|US|
RedState||redstate.com|US|
National Review||nationalreview.com|US|
Weekly Standard||weeklystandard.com|US|
American Conservative||theamericanconservative.com|US|
Federalist||thefederalist.com|US|
Mother Jones||motherjones.com|US|
New Republic||newrepublic.com|US|
The Nation||thenation.com|US|
The Intercept|Intercept|theintercept.com|US|
ProPublica||propublica.org|US|
Slate||slate.com|US|
Salon||salon.com|US|
Talking Points Memo|TPM|talkingpointsmemo.com|US|
ThinkProgress||thinkprogress.org|US|
Raw Story||rawstory.com|US|
Mic||mic.com|US|
Vice|VICE News;Vice News|vice.com|US|
Gawker||gawker.com|US|
Jezebel||jezebel.com|US|
Gizmodo||gizmodo.com|US|
The Verge|Verge|theverge.com|US|
Wired||wired.com|US|
Ars Technica||arstechnica.com|US|
TechCrunch||techcrunch.com|US|
Recode||recode.net|US|
Mashable||mashable.com|US|
Engadget||engadget.com|US|
Business Insider|Insider|businessinsider.com|US|
MarketWatch||marketwatch.com|US|
Barron's||barrons.com|US|
Forbes||forbes.com|US|
Fortune||fortune.com|US|
Quartz||qz.com|US|
Time|Time magazine;TIME;TIME Magazine|time.com|US|
Newsweek||newsweek.com|US|
The Atlantic|Atlantic|theatlantic.com|US|
New Yorker||newyorker.com|US|
New York magazine|New York Magazine|nymag.com|US|
Vanity Fair||vanityfair.com|US|
Esquire||esquire.com|US|
GQ||gq.com|US|
Rolling Stone||rollingstone.com|US|
People|People magazine|people.com|US|
Us Weekly||usmagazine.com|US|
National Enquirer||nationalenquirer.com|US|
TMZ||tmz.com|US|
Variety||variety.com|US|
Hollywood Reporter||hollywoodreporter.com|US|
Deadline||deadline.com|US|
Entertainment Weekly||ew.com|US|
Consumer Reports||consumerreports.org|US|
Scientific American||scientificamerican.com|US|
Foreign Policy||foreignpolicy.com|US|
Foreign Affairs||foreignaffairs.com|US|
Defense News||defensenews.com|US|
Stars and Stripes||stripes.com|US|
Military Times||militarytimes.com|US|
Education Week||edweek.org|US|
Chronicle of Higher Education||chronicle.com|US|
STAT|STAT News|statnews.com|US|
CNN|Cable News Network;CNN.com|cnn.com|US|
Fox News|Fox News Channel;FOX News;Fox|foxnews.com|US|
Fox Business|Fox Business Network|foxbusiness.com|US|
MSNBC||msnbc.com|US|
NBC News|NBC|nbcnews.com|US|
ABC News|ABC|abcnews.go.com|US|
CBS News|CBS|cbsnews.com|US|
CNBC||cnbc.com|US|
PBS|PBS NewsHour;PBS Newshour|pbs.org|US|
NPR|National Public Radio|npr.org|US|
C-SPAN|CSPAN|c-span.org|US|
ESPN||espn.com|US|
Sports Illustrated||si.com|US|
Univision|Univisión|univision.com|US|
Telemundo||telemundo.com|US|
Voice of America|VOA|voanews.com|US|
Radio Free Europe|Radio Free Europe/Radio Liberty;RFE/RL;Radio Liberty;Radio Svoboda|rferl.org|US|
Radio Free Asia|RFA|rfa.org|US|
PolitiFact|Politifact|politifact.com|US|
FactCheck.org|Factcheck.org|factcheck.org|US|
Snopes||snopes.com|US|
FiveThirtyEight|538|fivethirtyeight.com|US|
RealClearPolitics|Real Clear Politics|realclearpolitics.com|US|
Cook Political Report||cookpolitical.com|US|
Yahoo News|Yahoo|news.yahoo.com|US|
BBC|British Broadcasting Corporation;BBC News;BBC World Service|bbc.co.uk|GB|
ITV|ITV News|itv.com|GB|
Channel 4 News|Channel 4|channel4.com|GB|
Sky News|Sky|news.sky.com|GB|
Guardian|The Guardian|theguardian.com|GB|
Observer||observer.co.uk|GB|
Daily Telegraph|Telegraph;Sunday Telegraph|telegraph.co.uk|GB|
Times of London|Sunday Times|thetimes.co.uk|GB|
Financial Times|FT|ft.com|GB|
The Independent|Independent|independent.co.uk|GB|
Daily Mail|Mail Online;MailOnline;Mail on Sunday|dailymail.co.uk|GB|
Daily Mirror|Mirror|mirror.co.uk|GB|
Daily Express||express.co.uk|GB|
The Sun||thesun.co.uk|GB|
Evening Standard||standard.co.uk|GB|
Economist|The Economist|economist.com|GB|
New Statesman||newstatesman.com|GB|
Spectator||spectator.co.uk|GB|
Scotsman||scotsman.com|GB|
Bellingcat||bellingcat.com|NL|
Irish Times||irishtimes.com|IE|
Irish Independent||independent.ie|IE|
RTE|RTÉ|rte.ie|IE|
Le Monde||lemonde.fr|FR|
Le Figaro||lefigaro.fr|FR|
Liberation|Libération|liberation.fr|FR|
Mediapart||mediapart.fr|FR|
France 24|France24|france24.com|FR|
BFM TV|BFMTV;BFM|bfmtv.com|FR|
Radio France Internationale|RFI|rfi.fr|FR|
Der Spiegel|Spiegel|spiegel.de|DE|
Die Welt|Welt|welt.de|DE|
Die Zeit|Zeit|zeit.de|DE|
Bild||bild.de|DE|
Frankfurter Allgemeine Zeitung|FAZ;Frankfurter Allgemeine|faz.net|DE|
Süddeutsche Zeitung|Sueddeutsche Zeitung|sueddeutsche.de|DE|
Handelsblatt||handelsblatt.com|DE|
Tagesspiegel||tagesspiegel.de|DE|
Deutsche Welle|DW|dw.com|DE|
ARD||ard.de|DE|
ZDF||zdf.de|DE|
El Pais|El País|elpais.com|ES|
El Mundo||elmundo.es|ES|
La Vanguardia||lavanguardia.com|ES|
Corriere della Sera||corriere.it|IT|
La Repubblica|Repubblica|repubblica.it|IT|
La Stampa||lastampa.it|IT|
RAI||rai.it|IT|
De Telegraaf||telegraaf.nl|NL|
NRC|NRC Handelsblad|nrc.nl|NL|
De Volkskrant|Volkskrant|volkskrant.nl|NL|
NOS||nos.nl|NL|
Le Soir||lesoir.be|BE|
Dagens Nyheter||dn.se|SE|
Svenska Dagbladet||svd.se|SE|
Aftonbladet||aftonbladet.se|SE|
SVT||svt.se|SE|
Aftenposten||aftenposten.no|NO|
NRK||nrk.no|NO|
Verdens Gang|VG|vg.no|NO|
Politiken||politiken.dk|DK|
Helsingin Sanomat||hs.fi|FI|
Yle||yle.fi|FI|
Neue Zürcher Zeitung|NZZ|nzz.ch|CH|
Der Standard||derstandard.at|AT|
ORF||orf.at|AT|
Gazeta Wyborcza||wyborcza.pl|PL|
Rzeczpospolita||rp.pl|PL|
TVN24|TVN|tvn24.pl|PL|
Euronews||euronews.com||
EUobserver||euobserver.com|BE|
Kathimerini||ekathimerini.com|GR|
Kommersant||kommersant.ru|RU|
Vedomosti||vedomosti.ru|RU|
Izvestia||iz.ru|RU|
Rossiyskaya Gazeta||rg.ru|RU|
Novaya Gazeta||novayagazeta.ru|RU|
Moscow Times||themoscowtimes.com|RU|
Meduza||meduza.io|LV|
The Insider||theins.ru|RU|
Echo of Moscow|Ekho Moskvy|echo.msk.ru|RU|
Komsomolskaya Pravda||kp.ru|RU|
Pravda||pravda.ru|RU|
RT|Russia Today;RT America|rt.com|RU|
Sputnik|Sputnik News|sputniknews.com|RU|
Rossiya 1|Rossiya-1|russia.tv|RU|
Rossiya 24||vesti.ru|RU|
Channel One|Perviy Kanal|1tv.ru|RU|
NTV||ntv.ru|RU|
Dozhd|TV Rain|tvrain.ru|RU|
RBC|RBK|rbc.ru|RU|
Astra||astra.press|RU|
Kyiv Post||kyivpost.com|UA|
Kyiv Independent||kyivindependent.com|UA|
Ukrainska Pravda|Ukrayinska Pravda|pravda.com.ua|UA|
Suspilne||suspilne.media|UA|
Hromadske||hromadske.ua|UA|
Nexta||nexta.tv|PL|
Balkan Insight||balkaninsight.com|RS|
B92||b92.net|RS|
Hurriyet|Hürriyet|hurriyet.com.tr|TR|
Sabah||sabah.com.tr|TR|
Cumhuriyet||cumhuriyet.com.tr|TR|
Zaman|Today's Zaman|zaman.com.tr|TR|
TRT|TRT World|trt.net.tr|TR|
CNN Turk|CNN Türk|cnnturk.com|TR|
Haaretz||haaretz.com|IL|
Jerusalem Post||jpost.com|IL|
Times of Israel||timesofisrael.com|IL|
Yedioth Ahronoth|Yediot Aharonot;Ynet|ynet.co.il|IL|
Israel Hayom||israelhayom.co.il|IL|
Channel 12||mako.co.il|IL|
Kan||kan.org.il|IL|
Al Jazeera|al-Jazeera;Al-Jazeera;Aljazeera|aljazeera.com|QA|
Al Arabiya|al-Arabiya;Al-Arabiya|alarabiya.net|SA|
Asharq Al-Awsat|Asharq al-Awsat|aawsat.com|SA|
Al Mayadeen|al-Mayadeen;Al-Mayadeen|almayadeen.net|LB|
Al-Manar|al-Manar;Al Manar|almanar.com.lb|LB|
An-Nahar|Al-Nahar|annahar.com|LB|
Daily Star||dailystar.com.lb|LB|
Al-Masirah|Al Masirah;al-Masirah|almasirah.net.ye|YE|
Al-Ahram|Al Ahram|ahram.org.eg|EG|
Press TV||presstv.ir|IR|
Tehran Times||tehrantimes.com|IR|
Kayhan||kayhan.ir|IR|
Iran International||iranintl.com|GB|
Middle East Eye||middleeasteye.net|GB|
The National||thenationalnews.com|AE|
Gulf News||gulfnews.com|AE|
Khaleej Times||khaleejtimes.com|AE|
Arab News||arabnews.com|SA|
Rudaw||rudaw.net|IQ|
Dawn||dawn.com|PK|
Geo|Geo News;Geo TV|geo.tv|PK|
Express Tribune||tribune.com.pk|PK|
Tolo News|TOLOnews|tolonews.com|AF|
Times of India|TOI|timesofindia.indiatimes.com|IN|
Hindustan Times||hindustantimes.com|IN|
The Hindu|Hindu|thehindu.com|IN|
Indian Express||indianexpress.com|IN|
NDTV||ndtv.com|IN|
Economic Times||economictimes.indiatimes.com|IN|
Prothom Alo||prothomalo.com|BD|
Kathmandu Post||kathmandupost.com|NP|
People's Daily||people.cn|CN|
Global Times||globaltimes.cn|CN|
China Daily||chinadaily.com.cn|CN|
CCTV|China Central Television|cctv.com|CN|
CGTN||cgtn.com|CN|
Caixin||caixin.com|CN|
South China Morning Post|SCMP|scmp.com|HK|
Apple Daily||appledaily.com|HK|
Taipei Times||taipeitimes.com|TW|
Asahi Shimbun|Asahi|asahi.com|JP|
Yomiuri Shimbun|Yomiuri|yomiuri.co.jp|JP|
Mainichi Shimbun|Mainichi|mainichi.jp|JP|
Nikkei|Nihon Keizai Shimbun;Nikkei Asia|nikkei.com|JP|
Japan Times||japantimes.co.jp|JP|
NHK||nhk.or.jp|JP|
Chosun Ilbo||chosun.com|KR|
JoongAng Ilbo||joongang.co.kr|KR|
Korea Herald||koreaherald.com|KR|
Korea Times||koreatimes.co.kr|KR|
Rodong Sinmun||rodong.rep.kp|KP|
Straits Times||straitstimes.com|SG|
Channel NewsAsia||channelnewsasia.com|SG|
Bangkok Post||bangkokpost.com|TH|
Jakarta Post||thejakartapost.com|ID|
Kompas||kompas.com|ID|
Rappler||rappler.com|PH|
Philippine Daily Inquirer||inquirer.net|PH|
Irrawaddy||irrawaddy.com|MM|
Myanmar Now||myanmar-now.org|MM|
Sydney Morning Herald|SMH|smh.com.au|AU|
The Age||theage.com.au|AU|
The Australian||theaustralian.com.au|AU|
Australian Broadcasting Corporation|ABC Australia|abc.net.au|AU|
SBS||sbs.com.au|AU|
New Zealand Herald|NZ Herald|nzherald.co.nz|NZ|
Radio New Zealand|RNZ|rnz.co.nz|NZ|
Stuff||stuff.co.nz|NZ|
Globe and Mail||theglobeandmail.com|CA|
Toronto Star||thestar.com|CA|
National Post||nationalpost.com|CA|
CBC|CBC News;Canadian Broadcasting Corporation|cbc.ca|CA|
CTV|CTV News|ctvnews.ca|CA|
La Presse||lapresse.ca|CA|
Reforma||reforma.com|MX|
El Universal||eluniversal.com.mx|MX|
La Jornada||jornada.com.mx|MX|
Televisa||televisa.com|MX|
Folha de S.Paulo|Folha de S. Paulo;Folha|folha.uol.com.br|BR|
O Globo|Globo;TV Globo|oglobo.globo.com|BR|
Estado de S. Paulo|Estadao|estadao.com.br|BR|
Clarin|Clarín|clarin.com|AR|
La Nacion|La Nación|lanacion.com.ar|AR|
El Mercurio||emol.com|CL|
El Tiempo||eltiempo.com|CO|
Semana||semana.com|CO|
El Comercio||elcomercio.pe|PE|
El Nacional||el-nacional.com|VE|
Telesur|teleSUR|telesurtv.net|VE|
Granma||granma.cu|CU|
Punch||punchng.com|NG|
Vanguard||vanguardngr.com|NG|
Premium Times||premiumtimesng.com|NG|
Daily Nation||nation.africa|KE|
Standard||standardmedia.co.ke|KE|
Mail & Guardian|Mail and Guardian|mg.co.za|ZA|
News24||news24.com|ZA|
Daily Maverick||dailymaverick.co.za|ZA|
SABC||sabcnews.com|ZA|
eNCA||enca.com|ZA|
Addis Standard||addisstandard.com|ET|
Radio Dabanga|Dabanga|dabangasudan.org|SD|
Sudan Tribune||sudantribune.com|SD|
Daily Monitor||monitor.co.ug|UG|
New Vision||newvision.co.ug|UG|
Herald||herald.co.zw|ZW|
"""


def quoted(words):
    return '"' + words.replace('"', '\\"') + '"'


# Aliases that are common words or names count only after the article has named the outlet in full, or behind "the".
print('# Outlets and agencies: name, aliases, domain, country (ISO 3166-1). An alias that another outlet or a common word shares ("Post", "Sun")\n# counts by what the article names in full. source = "own": facts written for this project from general knowledge.\nsource = "own"\noutlet = [')
seen = set()
for line in LIST.strip().splitlines():
    name, aliases, domain, country, agency = line.split("|")
    assert name not in seen, name
    seen.add(name)
    row = f"  {{ name = {quoted(name)}"
    if aliases:
        row += ", aliases = [" + ", ".join(map(quoted, aliases.split(";"))) + "]"
    row += f", domain = {quoted(domain)}"
    if country:
        row += f", country = {quoted(country)}"
    if agency:
        row += ", agency = true"
    print(row + " },")
print("]")
